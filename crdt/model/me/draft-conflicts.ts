/**
 * Drafts that this device and another one of the person have written without knowing of each other. Of a draft the latest counts, so the
 * words of one of them would be gone. The device whose entry arrives second can tell: another's comes in while its own waits. It
 * writes both together; to everybody else that is one more draft.
 */
import type * as Y from 'yjs';
import { ArrivalReader } from '../chat/arrivals.ts';
import type { ClockRange } from '../log/append.ts';
import type { Place } from '../log/entry-id.ts';
import { LatestValues, type PlacedSet } from '../log/latest-values.ts';
import { nextClock, readLog, writersOf } from '../log/read-log.ts';
import { parseSet } from '../log/set-entry.ts';
import { accountOf, isWriter, type Account, type Writer } from '../log/writer.ts';
import { parseMeKey } from './me-entries.ts';
import { mergeTexts } from './merge-texts.ts';

export class DraftConflicts {
  readonly #doc: Y.Doc;
  readonly #account: Account;
  readonly #arrivals: ArrivalReader;
  /** Drafts that have arrived: what a device may have known that wrote another one. */
  readonly #arrived = new LatestValues();
  /** Drafts of this device that had not arrived when it was last asked. */
  #waiting: LatestValues;
  /** What became of a draft that still waits, when another had come in. */
  readonly #settled = new Map<string, { readonly place: Place; readonly text: string }>();
  /** Writers of this device, as far as something of theirs has been seen waiting. */
  readonly #here = new Set<Writer>();

  /** What is in the document already is no news. */
  constructor(doc: Y.Doc, account: Account) {
    this.#doc = doc;
    this.#account = account;
    this.#arrivals = new ArrivalReader(doc);
    for (const run of this.#arrivals.read().runs) for (const draft of this.#draftsOf(run)) this.#arrived.put(draft);
    this.#waiting = this.#readWaiting();
  }

  /** To be called after each change: by key, the drafts that hold what was written here and what has come from elsewhere. */
  read(): ReadonlyMap<string, string> {
    const { restarted, runs } = this.#arrivals.read();
    if (restarted) this.#arrived.clear();
    const before = this.#waiting;
    this.#waiting = this.#readWaiting();
    const news = new Map<string, { readonly base: string; theirs: string }>();
    for (const run of runs) {
      for (const draft of this.#draftsOf(run)) {
        const { key, value } = draft.entry;
        const base = textOf(this.#arrived, key);
        const isLatest = this.#arrived.put(draft) !== draft;
        if (restarted || !isLatest || this.#here.has(run.writer)) continue;
        const known = news.get(key);
        const theirs = typeof value === 'string' ? value : '';
        if (known === undefined) news.set(key, { base, theirs });
        else known.theirs = theirs;
      }
    }
    const merged = new Map<string, string>();
    for (const [key, { base, theirs }] of news) {
      const waits = this.#waiting.placeOf(key) !== undefined;
      const mine = this.#mine(key, waits ? this.#waiting : before);
      // When both have arrived in between, who was first is not told: one that was sent or taken away since does not come back.
      if (mine === undefined || (!waits && theirs === '')) continue;
      const text = mergeTexts(base, mine.text, theirs);
      this.#settled.set(key, { place: mine.place, text });
      merged.set(key, text);
    }
    return merged;
  }

  /** What stands here for a draft of this device, and where that was written; undefined without one. */
  #mine(key: string, drafts: LatestValues): { readonly place: Place; readonly text: string } | undefined {
    const place = drafts.placeOf(key);
    const settled = this.#settled.get(key);
    if (place === undefined) return undefined;
    const isSettled = settled?.place.writer === place.writer && settled.place.clock === place.clock;
    return isSettled ? settled : { place, text: textOf(drafts, key) };
  }

  #readWaiting(): LatestValues {
    const waiting = new LatestValues();
    for (const writer of writersOf(this.#doc)) {
      if (!isWriter(writer) || accountOf(writer) !== this.#account) continue;
      const [from, to] = [this.#arrivals.reached(writer), nextClock(this.#doc, writer)];
      if (to <= from) continue;
      this.#here.add(writer);
      for (const draft of this.#draftsOf({ writer, from, to })) waiting.put(draft);
    }
    return waiting;
  }

  *#draftsOf({ writer, from, to }: ClockRange): Generator<PlacedSet> {
    for (const { clock, tuple } of readLog(this.#doc, writer, from, to)) {
      const entry = tuple === undefined ? 'erased' : parseSet(tuple);
      if (typeof entry !== 'string' && parseMeKey(entry.key)?.kind === 'draft') yield { writer, clock, entry };
    }
  }
}

function textOf(drafts: LatestValues, key: string): string {
  const value = drafts.values.get(key);
  return typeof value === 'string' ? value : '';
}
