import { runMeasurement } from '../support/measurement.ts';

/** The longest bench takes a few minutes; one that hangs is a failed one. */
const LIMIT_MS = 20 * 60_000;

await runMeasurement('bench', import.meta.dirname, process.argv[2], LIMIT_MS);
