/**
 * Counts the fsyncs of a living process from outside, by strace, against the commits that its store says it made. Where strace is
 * missing, Debian's is installed if that is allowed; otherwise the count is not available and says so.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { TunedServer } from '../../support/tuned-server.ts';

export interface FsyncCount {
  readonly commits: number;
  readonly fsyncs: number;
}

const INSTALL_TIMEOUT_MS = 120_000;

function hasStrace(): boolean {
  const works = (): boolean => spawnSync('strace', ['--version'], { stdio: 'ignore' }).status === 0;
  if (works()) return true;
  if (process.getuid?.() !== 0) return false;
  spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'strace'], {
    stdio: 'ignore',
    timeout: INSTALL_TIMEOUT_MS,
  });
  return works();
}

/** Watches the server's log for `durationMs`; undefined when strace can't be had. */
export async function countFsyncs(server: TunedServer, durationMs: number): Promise<FsyncCount | undefined> {
  if (!hasStrace()) return undefined;
  const trace = spawn('strace', ['-f', '-y', '-e', 'trace=fsync,fdatasync', '-p', String(server.pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(trace, 'exit');
  let printed = '';
  trace.stderr.setEncoding('utf8');
  await new Promise<void>((resolve) => {
    trace.stderr.on('data', (text: string) => {
      printed += text;
      if (printed.includes('attached')) resolve();
    });
    trace.once('exit', () => resolve());
  });
  // Commits between the two questions lie within the trace, so there can't be fewer fsyncs than commits.
  const before = await server.stats();
  await pause(durationMs);
  const after = await server.stats();
  trace.kill('SIGINT');
  await ended;
  if (!printed.includes('attached')) return undefined;
  return {
    commits: after.commits - before.commits,
    fsyncs: printed.split('\n').filter((line) => /f(?:data)?sync\(\d+<[^>]*log\.db/u.test(line)).length,
  };
}
