/**
 * The same attacks against a whole server, over WebSocket (two connections of each person) and by HTTP. The server's own words say what
 * it has taken; in the end every byte that it stored, and what it showed others, must be that and nothing else.
 */
import * as v from 'valibot';
import * as Y from 'yjs';
import { encodeRuns, type Tuple } from '../../../crdt/model/log/append.ts';
import { nextClock, readLog, writersOf } from '../../../crdt/model/log/read-log.ts';
import type { Accepted, Run } from '../../../crdt/model/log/verdict.ts';
import { accountOf, makeWriter, SERVER_ACCOUNT, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  internalChatId,
  type DocumentName,
} from '../../../crdt/model/protocol/document-name.ts';
import { ERROR_BODY } from '../../../crdt/model/protocol/http.ts';
import { openInstallation, request, type Installation, type SignedInPerson } from '../../support/installation.ts';
import { seededRandom, type Random } from '../../support/random.ts';
import { RawSocket, SyncSocket, type SyncedDocument } from '../../support/sync-client.ts';
import { UNHURRIED } from '../../support/tuned-server.ts';
import { nextAttack, type View } from './attacks.ts';
import { Oracle } from './oracle.ts';

/** One page for everything, so that one oracle knows it all. */
const LIMITS = { ...UNHURRIED, pageEntries: 1_000_000, pageWriters: 1_000_000, pageBytes: 1_000_000_000 };
const EARLIER = 40;
const CLOSED = 7;
const SYNC_STATUS = 8;
const MESSAGE = 17;
const RETRACTION = 19;
const REACTION = 20;
const ANSWER_MS = 10_000;

export interface WireFigures {
  readonly updates: number;
  readonly accepted: number;
  readonly byHttp: number;
  readonly closings: number;
  readonly faults: readonly string[];
}

/** What the server said to an update; a gap takes what stands before the hole. */
type Answer = 'taken' | 'refused' | 'closed';

/** The rule of retractions in plain words: a retracted message goes with all its copies and edits, whichever comes first. */
class Retractions {
  readonly #oracle: Oracle;
  readonly #retracted = new Set<string>();
  readonly #about = new Map<string, [writer: number, clock: number][]>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  took(writer: number, clock: number, entry: readonly unknown[]): void {
    const [head, , third, fourth] = entry;
    if (head === REACTION) return;
    const target = `${String(third)}.${String(fourth)}`;
    if (head === RETRACTION) {
      this.#retracted.add(target);
      for (const [one, at] of this.#about.get(target) ?? []) this.#oracle.erase(one, at);
      return;
    }
    const first = (fourth as { readonly first?: readonly [number, number] } | undefined)?.first;
    const id = head === MESSAGE ? (first?.join('.') ?? `${writer}.${clock}`) : target;
    this.#about.set(id, [...(this.#about.get(id) ?? []), [writer, clock]]);
    if (this.#retracted.has(id)) this.#oracle.erase(writer, clock);
  }
}

export async function attackWire(seed: number, updates: number): Promise<WireFigures> {
  const at = await openInstallation({ limits: LIMITS, environment: { LOG_LEVEL: 'silent' } });
  const loud = console.error;
  // The library tells every frame that it closes a document for.
  console.error = () => undefined;
  try {
    return await attack(at, seededRandom(seed), updates);
  } finally {
    console.error = loud;
    await at.close();
  }
}

async function attack(at: Installation, random: Random, updates: number): Promise<WireFigures> {
  const people = [at.administrator, await at.addPerson(), await at.addPerson()];
  const name = chatDocument(internalChatId(at.administrator.company));
  const watcher = new SyncSocket(at, await at.addPerson());
  const watching = watcher.open(name);
  await watching.synced();
  const lines = new Map<SignedInPerson, readonly RawSocket[]>();
  for (const person of people) lines.set(person, [await line(at, person, name), await line(at, person, name)]);

  const oracle = new Oracle();
  const retractions = new Retractions(oracle);
  const earlier: Uint8Array[] = [];
  const faults: string[] = [];
  const figures = { updates: 0, accepted: 0, byHttp: 0, closings: 0 };

  for (let index = 0; index < updates && faults.length < 20; index += 1) {
    const person = random.pick(people);
    const { family, update } = nextAttack(random, viewOf(person.account, oracle, watching, earlier));
    const expected = oracle.expect(update, person.account, true);
    const isHttp = random.chance(0.2);
    let answer: Answer;
    if (isHttp) answer = await byHttp(at, person, name, update);
    else {
      const raw = random.pick(lines.get(person) ?? []);
      answer = await byWebSocket(raw, name, update);
      if (answer === 'closed') {
        figures.closings += 1;
        await raw.attach(name);
      }
      // Nobody may write there, whatever it is.
      if (random.chance(0.05)) await byHttp(at, person, companyDocument(person.company), update);
      if (random.chance(0.05)) await byHttp(at, person, inboxDocument(person.account), update);
    }
    figures.updates += 1;
    if (isHttp) figures.byHttp += 1;
    if (earlier.length < EARLIER) earlier.push(update);
    else earlier[random.integer(0, EARLIER - 1)] = update;

    const claimsErased = [...expected.runs.values()].some((run) => run.includes(null));
    const isEmpty = expected.runs.size === 0;
    if (answer !== 'taken') {
      const mayRefuse = !expected.isHonest || expected.bad !== undefined || expected.hasGap || claimsErased;
      if (!mayRefuse) faults.push(`update ${index} ${family}: refused what is good`);
      continue;
    }
    if (expected.unreadable) {
      // Somebody else's part of it is what Yjs can't read; what the server has taken of the sender's own is looked up and judged.
      const verdict = newIn(await load(at, name), oracle);
      const fault = oracle.fault(expected, verdict, person.account);
      if (fault !== undefined) faults.push(`update ${index} ${family}: ${fault}`);
      take(oracle, retractions, verdict.runs);
      continue;
    }
    if (isEmpty) continue;
    if (expected.bad !== undefined) faults.push(`update ${index} ${family}: accepted what is bad: ${expected.bad}`);
    if (claimsErased) faults.push(`update ${index} ${family}: accepted what is erased`);
    figures.accepted += 1;
    take(oracle, retractions, runsOf(expected.runs, oracle));
  }

  const stored = await load(at, name);
  const seen = () => (Y.equalSnapshots(Y.snapshot(watching.doc), Y.snapshot(stored)) ? true : undefined);
  await watching.eventually('the same as is stored', seen, ANSWER_MS).catch(() => faults.push('shown is not stored'));
  await at.server.store.compact(name);
  for (const [what, doc] of Object.entries({ stored, shown: watching.doc, compacted: await load(at, name) })) {
    const others = writersOf(doc).filter((writer) => accountOf(writer) === SERVER_ACCOUNT);
    const fault = oracle.faultOf(doc, others);
    if (fault !== undefined) faults.push(`${what}: ${fault}`);
  }
  for (const other of [companyDocument(at.administrator.company), ...people.map((one) => inboxDocument(one.account))]) {
    const strangers = writersOf(await load(at, other)).filter((writer) => accountOf(writer) !== SERVER_ACCOUNT);
    if (strangers.length > 0) faults.push(`${other} was written`);
  }
  for (const raw of [...lines.values()].flat()) raw.close();
  watcher.close();
  return { ...figures, faults };
}

async function line(at: Installation, person: SignedInPerson, name: DocumentName): Promise<RawSocket> {
  const raw = new RawSocket(at, person);
  await raw.opened();
  await raw.attach(name);
  return raw;
}

function viewOf(account: Account, oracle: Oracle, watching: SyncedDocument, earlier: readonly Uint8Array[]): View {
  const serverWriter = writersOf(watching.doc).find((writer) => accountOf(writer) === SERVER_ACCOUNT);
  return {
    account,
    next: (writer) => oracle.next(writer),
    writers: [...oracle.writers, makeWriter(account, 0)],
    serverWriter: serverWriter ?? makeWriter(SERVER_ACCOUNT, 1),
    doc: watching.doc,
    earlier,
  };
}

/** The server judges an update before it answers with its sync status; a refusal comes before that. */
async function byWebSocket(raw: RawSocket, name: DocumentName, update: Uint8Array): Promise<Answer> {
  raw.frames.length = 0;
  raw.update(name, update);
  return raw.eventually<Answer>(
    'an answer',
    () => {
      const types = raw.read(name).map(({ type }) => type);
      if (types.includes(CLOSED)) return 'closed';
      if (!types.includes(SYNC_STATUS)) return undefined;
      const refusal = raw.messages(name).find((one) => one.kind === 'refused');
      return refusal === undefined || (refusal.kind === 'refused' && refusal.code === 'gap') ? 'taken' : 'refused';
    },
    ANSWER_MS,
  );
}

async function byHttp(
  at: Installation,
  { cookie }: SignedInPerson,
  name: DocumentName,
  bytes: Uint8Array,
): Promise<Answer> {
  const { status, body } = await request(at, `/api/entries/${name}`, { cookie, bytes });
  if (status >= 500) throw new Error(`the server answered ${status}`);
  return status === 200 || v.parse(ERROR_BODY, body).code === 'gap' ? 'taken' : 'refused';
}

/** What a document holds that the oracle does not know yet, as if the gate had told it. */
function newIn(doc: Y.Doc, oracle: Oracle): Accepted {
  const runs = writersOf(doc)
    .filter((writer) => accountOf(writer) !== SERVER_ACCOUNT && nextClock(doc, writer) > oracle.next(writer))
    .map((writer): Run => {
      const from = oracle.next(writer);
      const entries = [...readLog(doc, writer, from)].map(({ tuple }) => tuple);
      return { writer, from, to: from + entries.length, entries };
    });
  return accepted(runs);
}

const accepted = (runs: readonly Run[]): Accepted => ({
  kind: 'accepted',
  update: runs.length === 0 ? undefined : encodeRuns(runs),
  runs,
  known: 0,
  foreign: 0,
  deletions: 0,
  gaps: [],
});

const runsOf = (expected: ReadonlyMap<number, readonly (string | null)[]>, oracle: Oracle): Run[] =>
  [...expected].map(([writer, log]) => {
    const from = oracle.next(writer);
    const entries = log.map((entry) => (entry === null ? undefined : (JSON.parse(entry) as Tuple)));
    return { writer: writer as Writer, from, to: from + entries.length, entries };
  });

function take(oracle: Oracle, retractions: Retractions, runs: readonly Run[]): void {
  oracle.accept(accepted(runs));
  for (const { writer, from, entries } of runs) {
    for (const [index, entry] of entries.entries())
      if (entry !== undefined) retractions.took(writer, from + index, entry);
  }
}

async function load(at: Installation, name: DocumentName): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const update of (await at.server.store.load(name)).updates) Y.applyUpdate(doc, update);
  return doc;
}
