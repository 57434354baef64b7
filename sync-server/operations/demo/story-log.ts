/** Entries of the past on their way into the log: each by a writer of its author, with the stamp and the arrival of its time. */
import { encodeAppend, logRoot, type Tuple } from '../../../crdt/model/log/append.ts';
import type { Place } from '../../../crdt/model/log/entry-id.ts';
import { nextStamp, type Stamp } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../../crdt/model/protocol/document-name.ts';
import type { AppendResult, LogStore } from '../../storage/log-store.ts';
import { streamOf } from '../../storage/stream.ts';
import type { Random } from './random.ts';

/** Appends that wait for the same commits; well within the log store's queue. */
const AT_ONCE = 1_000;

/** A device starts anew about this often, and each start is a new writer. */
const RESTART_CHANCE = 0.02;

/** What took longer to arrive was written without network, on the device that one has along. */
const LATE_MS = 60_000;

/** When an entry was written, and when the server got it. Unix ms. */
export interface EntryTimes {
  readonly writtenMs: number;
  readonly arrivedMs: number;
}

/** One context of one person in one document: its writer and where it stands. */
interface Pen {
  readonly writer: Writer;
  clock: number;
  stamp: Stamp | undefined;
}

export class StoryLog {
  readonly #log: LogStore;
  readonly #setClock: (unixMs: number) => void;
  readonly #random: Random;
  readonly #pens = new Map<string, Pen>();
  #waiting: Promise<AppendResult>[] = [];

  /** The store's clock must show what `setClock` was given last. */
  constructor(log: LogStore, setClock: (unixMs: number) => void, random: Random) {
    this.#log = log;
    this.#setClock = setClock;
    this.#random = random;
  }

  /** Hands an entry to the log, in the order of arrival; returns its place. */
  async append(
    document: DocumentName,
    account: Account,
    { writtenMs, arrivedMs }: EntryTimes,
    encode: (stamp: Stamp) => Tuple,
  ): Promise<Place> {
    const pen = this.#penOf(document, account, arrivedMs - writtenMs > LATE_MS);
    const { writer, clock } = pen;
    pen.stamp = nextStamp(writtenMs, pen.stamp, false);
    pen.clock += 1;
    this.#setClock(arrivedMs);
    this.#waiting.push(
      this.#log.append({
        document,
        stream: streamOf(document),
        runs: [{ writer, from: clock, to: clock + 1 }],
        update: encodeAppend(logRoot(writer), writer, clock, [encode(pen.stamp)]),
        erase: [],
      }),
    );
    if (this.#waiting.length >= AT_ONCE) await this.settled();
    return { writer, clock };
  }

  /** Resolves when all is durable; rejects when the log has not taken something. */
  async settled(): Promise<void> {
    const results = await Promise.all(this.#waiting);
    this.#waiting = [];
    const failed = results.find(({ kind }) => kind !== 'stored');
    if (failed !== undefined) throw new Error(`the log refused an entry: ${JSON.stringify(failed)}`);
  }

  #penOf(document: DocumentName, account: Account, isLate: boolean): Pen {
    const key = `${document} ${account}`;
    const known = this.#pens.get(key);
    if (known !== undefined && !isLate && !this.#random.chance(RESTART_CHANCE)) return known;
    const pen = { writer: makeWriter(account, this.#random.uint32()), clock: 0, stamp: undefined };
    if (!isLate) this.#pens.set(key, pen);
    return pen;
  }
}
