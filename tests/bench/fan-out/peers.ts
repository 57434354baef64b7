/** Starts the peers of fan-out, each as a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Account } from '../../../crdt/model/log/writer.ts';
import type { Room } from './load.ts';
import { bareWire, envelopedWire } from './wire.ts';

export interface RunningRoom extends Room {
  stop(): Promise<void>;
}

const START_LIMIT_MS = 15_000;

/** Starts `file` beside this module; it must send its port. */
async function startProcess(file: string): Promise<{ port: number; child: ChildProcess }> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)));
  const [port] = (await once(child, 'message', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [number];
  return { port, child };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const WRITERS = 20;
const accounts = Array.from({ length: WRITERS }, (_, index) => (index + 2) as Account);

export async function startYWebsocket(): Promise<RunningRoom> {
  const { port, child } = await startProcess('./y-websocket-server.ts');
  const address = { port, path: '/room', headers: {} };
  return {
    wire: bareWire,
    beats: false,
    reader: () => address,
    writers: accounts.map((account) => ({ account, address })),
    stop: () => stopProcess(child),
  };
}

export async function startHocuspocus(): Promise<RunningRoom> {
  const { port, child } = await startProcess('./hocuspocus-server.ts');
  const address = { port, path: '/', headers: {} };
  return {
    wire: envelopedWire('room'),
    beats: false,
    reader: () => address,
    writers: accounts.map((account) => ({ account, address })),
    stop: () => stopProcess(child),
  };
}
