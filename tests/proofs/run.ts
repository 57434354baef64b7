import { runMeasurement } from '../support/measurement.ts';

/** The longest proof restarts the server dozens of times; one that hangs is a failed one. */
const LIMIT_MS = 60 * 60_000;

await runMeasurement('prove', import.meta.dirname, process.argv[2], LIMIT_MS);
