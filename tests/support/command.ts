/** A command of the product as a process of its own, as a person would run it in a terminal. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningCommand {
  readonly pid: number;
  /** The first match of what it prints, on both outputs; rejects when it ends first, with all it has printed. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** All it has printed so far. */
  printed(): string;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const ROOT = join(import.meta.dirname, '../..');

/** Starts `node <script> <args>` from the project's folder. Who starts it ends it. */
export const runCommand = (
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningCommand => runProgram(process.execPath, [resolve(ROOT, script), ...args], env);

/** Starts a program, such as npm, from the project's folder. Who starts it ends it. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningCommand {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      for (const listener of listeners) listener();
    });
  }
  const printed = (): string => lines.join('\n');
  // 'close' comes after the last line has been read, 'exit' may come before.
  const ended = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? -1);

  const waitFor = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        const match = pattern.exec(printed());
        if (match === null) return false;
        listeners.delete(look);
        resolve(match);
        return true;
      };
      if (look()) return;
      listeners.add(look);
      ended.then(
        (code) => look() || reject(new Error(`ended with ${code} before it printed ${String(pattern)}:\n${printed()}`)),
        reject,
      );
    });

  return { pid: child.pid ?? -1, waitFor, printed, kill: (signal) => void child.kill(signal), ended };
}
