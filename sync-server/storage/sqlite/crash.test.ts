/** What was acknowledged is there after a kill, whatever was going on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { writerOf } from '../append-builder.ts';
import { docOf, PAGE, textsOf } from '../log-store.contract.ts';
import { createLogFolder } from './log-folder.ts';

/** Appends without end, compacting all the time, and prints each clock that was acknowledged. */
const PROGRAM = `
  const [, storeUrl, builderUrl, page, file] = process.argv;
  const { openSqliteLogStore } = await import(storeUrl);
  const { messages, writerOf } = await import(builderUrl);
  const store = await openSqliteLogStore({ file, nowMs: Date.now, random32: () => 5 });
  const writer = writerOf(5);
  let clock = (await store.load(page)).clocks.get(writer) ?? 0;
  console.log('from', clock);
  for (;;) {
    const results = Array.from({ length: 5 }, async () => {
      const own = clock++;
      const erase = own % 7 === 0 && own > 0 ? [{ writer, from: own - 1, to: own }] : [];
      const { kind } = await store.append(messages(page, writer, own, ['text ' + own], erase));
      console.log(kind, own);
    });
    void store.compact(page);
    await Promise.all(results);
  }
`;

test(
  '[SV1] what was acknowledged survives a kill at any moment, also during compaction',
  { timeout: 30_000 },
  async () => {
    const { file, open, remove } = await createLogFolder();
    onTestFinished(remove);
    const urls = ['./log-store.ts', '../append-builder.ts'].map((name) => new URL(name, import.meta.url).href);
    let acknowledged = 0;
    for (const killAfter of [3, 20, 50, 111]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, ...urls, PAGE, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      let lines = 0;
      for await (const line of createInterface(child.stdout)) {
        const [kind, clock] = line.split(' ');
        if (kind === 'from') {
          expect(Number(clock)).toBeGreaterThanOrEqual(acknowledged);
          continue;
        }
        expect(kind).toBe('stored');
        acknowledged = Number(clock) + 1;
        lines += 1;
        if (lines === killAfter) child.kill('SIGKILL');
      }
      if (child.signalCode === null) await once(child, 'exit');
    }

    const store = await open();
    onTestFinished(() => store.close());
    const { clocks } = await store.load(PAGE);
    const next = clocks.get(writerOf(5)) ?? 0;
    expect(next).toBeGreaterThanOrEqual(acknowledged);
    const clocksLeft = Array.from({ length: next }, (_, clock) => clock).filter(
      (clock) => clock + 1 >= next || (clock + 1) % 7 !== 0,
    );
    expect(textsOf(await docOf(store))).toEqual(clocksLeft.map((clock) => `text ${clock}`));
  },
);
