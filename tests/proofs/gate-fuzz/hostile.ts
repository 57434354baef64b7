/** One episode of attacks against one document: several accounts, commits and failures in between, judged by the oracle. */
import * as Y from 'yjs';
import { makeWriter, type Account } from '../../../crdt/model/log/writer.ts';
import { seededRandom } from '../../support/random.ts';
import { nextAttack, type View } from './attacks.ts';
import { Oracle } from './oracle.ts';
import { FuzzServer } from './server.ts';

const ACCOUNTS = [7, 8, 9] as Account[];
/** Updates kept for replays. */
const EARLIER = 40;

export interface Episode {
  readonly updates: number;
  readonly accepted: number;
  readonly entries: number;
  readonly throws: number;
  readonly slowestMs: number;
  readonly faults: readonly string[];
  readonly families: ReadonlyMap<string, number>;
}

export function attackEpisode(seed: number, updates: number): Episode {
  const random = seededRandom(seed);
  const server = new FuzzServer();
  const oracle = new Oracle();
  const earlier: Uint8Array[] = [];
  const faults: string[] = [];
  const families = new Map<string, number>();
  let accepted = 0;
  let entries = 0;
  let throws = 0;

  for (let index = 0; index < updates; index += 1) {
    const account = random.pick(ACCOUNTS);
    const view: View = {
      account,
      next: (writer) => oracle.next(writer),
      writers: [...oracle.writers, makeWriter(account, 0)],
      serverWriter: server.arrivalsWriter,
      doc: server.doc,
      earlier,
    };
    const { family, update } = nextAttack(random, view);
    const mayWrite = !random.chance(0.03);
    const expected = oracle.expect(update, account, mayWrite);
    try {
      const sent = update.slice();
      const verdict = server.receive(sent, { account, mayWrite });
      sent.fill(0);
      const fault = oracle.fault(expected, verdict, account);
      if (fault !== undefined) faults.push(`seed ${seed} update ${index} ${family}: ${fault}`);
      oracle.accept(verdict);
      if (verdict.kind === 'accepted' && verdict.runs.length > 0) {
        accepted += 1;
        for (const run of verdict.runs) entries += run.entries.length;
        families.set(family, (families.get(family) ?? 0) + 1);
      }
    } catch (error) {
      throws += 1;
      faults.push(`seed ${seed} update ${index} ${family}: threw ${String(error)}`);
    }
    if (earlier.length < EARLIER) earlier.push(update);
    else earlier[random.integer(0, EARLIER - 1)] = update;

    // Rarely and then several, so that much is judged against what is only reserved.
    if (random.chance(0.06)) for (let left = random.integer(1, 8); left > 0; left -= 1) server.commit();
    if (random.chance(0.02)) for (const run of server.fail()) oracle.cut(run.writer, run.from);
    if (random.chance(0.02)) erase();
    if (faults.length > 20) break;
  }
  while (server.waiting > 0) server.commit();
  check('document', server.doc);
  const again = new Y.Doc();
  for (const update of server.stored) Y.applyUpdate(again, update);
  check('stored log', again);
  if (!Y.equalSnapshots(Y.snapshot(again), Y.snapshot(server.doc)))
    faults.push(`seed ${seed}: document and log differ`);
  return { updates, accepted, entries, throws, slowestMs: server.slowestMs, faults, families };

  function erase(): void {
    const writer = makeWriter(random.pick(ACCOUNTS), random.integer(0, 3));
    const stored = Y.getState(server.doc.store, writer);
    if (stored === 0) return;
    const clock = random.integer(0, stored - 1);
    server.erase([{ writer, from: clock, to: clock + 1 }]);
    oracle.erase(writer, clock);
  }

  function check(what: string, doc: Y.Doc): void {
    const fault = oracle.faultOf(doc, [server.arrivalsWriter]);
    if (fault !== undefined) faults.push(`seed ${seed}: ${what}: ${fault}`);
  }
}
