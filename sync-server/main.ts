/** `npm start`: reads the configuration, starts the server, says where it is, and stops gracefully. */
import { readConfig } from './config.ts';
import { startServer, type RunningServer } from './server.ts';

/** After this a stop that hangs is ended the hard way; what was acknowledged is on the disk in any case. */
const LONGEST_STOP_MS = 20_000;

function fail(lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(1);
}

async function start(): Promise<void> {
  const outcome = readConfig(process.env, process.cwd());
  if (outcome.kind === 'wrong') {
    fail([
      'Hausfunk cannot start, the configuration is wrong:',
      ...outcome.problems.map((problem) => `  - ${problem}`),
    ]);
  }
  const { config } = outcome;
  let server: RunningServer;
  let isRunning = false;
  try {
    server = await startServer({
      config,
      // What fails before that is told by the start itself.
      onFailure: () => {
        if (isRunning) void stop('store-failed', 1);
      },
    });
    isRunning = true;
  } catch (error) {
    const isExpected = error instanceof Error && 'code' in error;
    fail([
      `Hausfunk cannot start: ${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}`,
    ]);
  }

  async function stop(why: string, exitCode: number): Promise<void> {
    server.log.info('stopping', { why });
    setTimeout(() => process.exit(exitCode), LONGEST_STOP_MS).unref();
    await server.stop();
    process.exit(exitCode);
  }
  process.on('SIGTERM', () => void stop('SIGTERM', 0));
  process.on('SIGINT', () => void stop('SIGINT', 0));
  process.on('uncaughtException', (error) => {
    server.log.error('uncaught', error);
    void stop('uncaught', 1);
  });
  // A promise that nobody waited for is a bug, but no reason to send everybody away.
  process.on('unhandledRejection', (cause) => server.log.error('unhandled', cause));
  // Libraries talk to the console, mostly about broken frames of clients; the log stays JSON and short.
  const quiet = (first: unknown): void => server.log.debug('library', { text: String(first) });
  console.error = quiet;
  console.warn = quiet;

  const address = config.publicUrl ?? `http://localhost:${server.port}`;
  const invitation =
    server.setupCode === undefined
      ? ''
      : `It is empty. Open the address and enter this one-time code: ${server.setupCode}\n`;
  // In one piece, so that who waits for the first line has the second.
  process.stdout.write(`Hausfunk is running at ${address}\n${invitation}`);
}

await start();
