/**
 * The product's server as a process of its own, with limits that a proof or bench chooses (`npm start` has no such switches), that
 * can be killed at any moment, also while it starts, and started again on the same data and port.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerLimits } from '../../sync-server/limits.ts';
import type { LogStats } from '../../sync-server/storage/sqlite/log-messages.ts';
import type { Reachable } from './installation.ts';

export interface Tuning {
  readonly dataDir: string;
  /** 0: any free port. */
  readonly port: number;
  readonly limits: Partial<ServerLimits>;
  readonly environment: Readonly<Record<string, string>>;
  readonly commitDelayMs: number;
}

export type ToTunedServer = { readonly kind: 'stats' } | { readonly kind: 'projected' };
export type FromTunedServer =
  | { readonly kind: 'started'; readonly port: number; readonly setupCode: string | undefined }
  | { readonly kind: 'failed'; readonly detail: string }
  | { readonly kind: 'stats'; readonly stats: LogStats }
  | { readonly kind: 'projected' }
  /** The store has just been asked to compact a document. */
  | { readonly kind: 'compacting' };

export interface TunedServer extends Reachable {
  readonly port: number;
  readonly pid: number;
  readonly setupCode: string | undefined;
  /** Everything that it has written to its log. */
  output(): string;
  /** Asks the living store. */
  stats(): Promise<LogStats>;
  /** Resolves when the documents say what the directory says. */
  projected(): Promise<void>;
  /** Resolves true when a compaction has just begun; false when none does within the time. */
  compacting(withinMs: number): Promise<boolean>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** A server that is starting: it can be killed before it has started. */
export interface StartingServer {
  readonly pid: number;
  /** Rejects when it fails, or is killed. */
  readonly started: Promise<TunedServer>;
  kill(): Promise<void>;
}

const CHILD = fileURLToPath(new URL('./tuned-server/child.ts', import.meta.url));
const START_LIMIT_MS = 30_000;
/** Enough of a log to see why a server ended. */
const OUTPUT_CHARACTERS = 100_000;

/** What limits one person in ordinary life would limit the load of a bench: many sockets, thousands of messages a second. */
export const UNHURRIED: Partial<ServerLimits> = {
  socketsPerPerson: 5_000,
  socketsPerAddress: 10_000,
  updates: { burst: 1_000_000, perSecond: 1_000_000 },
  syncRequests: { burst: 1_000_000, perSecond: 1_000_000 },
  stateless: { burst: 100_000, perSecond: 100_000 },
  requestsPerAddress: { burst: 1_000_000, perSecond: 1_000_000 },
  requestsPerPerson: { burst: 1_000_000, perSecond: 1_000_000 },
  credentialsPerAddress: { burst: 100_000, perSecond: 100_000 },
};

export function beginTunedServer(chosen: Partial<Tuning> & Pick<Tuning, 'dataDir'>): StartingServer {
  const tuning: Tuning = { port: 0, limits: {}, environment: {}, commitDelayMs: 0, ...chosen };
  const child: ChildProcess = fork(CHILD, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' });
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_CHARACTERS);
  });
  const exited = once(child, 'exit');
  const pid = child.pid ?? 0;

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
  }

  function answer<K extends FromTunedServer['kind']>(
    kind: K,
    withinMs = START_LIMIT_MS,
  ): Promise<Extract<FromTunedServer, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        child.off('message', hear);
        child.off('exit', ended);
      };
      const fail = (why: string): void => {
        finish();
        reject(new Error(`${why}\n${output}`));
      };
      const hear = (message: FromTunedServer): void => {
        if (message.kind === 'failed') return fail(`the server failed: ${message.detail}`);
        if (message.kind !== kind) return;
        finish();
        resolve(message as Extract<FromTunedServer, { kind: K }>);
      };
      const ended = (): void => fail('the server has ended');
      const timer = setTimeout(() => fail(`no answer in ${withinMs} ms: ${kind}`), withinMs);
      child.on('message', hear);
      child.once('exit', ended);
    });
  }

  const started = (async (): Promise<TunedServer> => {
    const hello = answer('started');
    child.send(tuning);
    const { port, setupCode } = await hello;
    const url = `http://127.0.0.1:${port}`;
    return {
      url,
      publicUrl: tuning.environment['PUBLIC_URL'] ?? url,
      port,
      pid,
      setupCode,
      output: () => output,
      async stats() {
        const answered = answer('stats');
        child.send({ kind: 'stats' } satisfies ToTunedServer);
        return (await answered).stats;
      },
      async projected() {
        const answered = answer('projected');
        child.send({ kind: 'projected' } satisfies ToTunedServer);
        await answered;
      },
      compacting: (withinMs) =>
        answer('compacting', withinMs).then(
          () => true,
          () => false,
        ),
      kill,
    };
  })();
  // Who kills a starting server needn't wait for the failure.
  started.catch(() => undefined);
  return { pid, started, kill };
}

export const startTunedServer = (chosen: Partial<Tuning> & Pick<Tuning, 'dataDir'>): Promise<TunedServer> =>
  beginTunedServer(chosen).started;
