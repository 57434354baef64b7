/**
 * The own entries of one document that have not arrived: which they are, how many, and the mark by which a later start finds them
 * without opening every document.
 */
import type * as Y from 'yjs';
import { ArrivalReader } from '../../model/chat/arrivals.ts';
import type { ClockRange } from '../../model/log/append.ts';
import { nextClock, readLog, writersOf, type LoggedEntry } from '../../model/log/read-log.ts';
import { isStamp, isUnsure, type Stamp } from '../../model/log/stamp.ts';
import { accountOf, type Writer } from '../../model/log/writer.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { WriteOutcome } from '../storage/transact.ts';
import type { Device } from './device.ts';
import { WaitingMessages } from './waiting-messages.ts';

/** What of the document is on its way to the disk. */
export interface Disk {
  /** Own entries are. */
  readonly isWriting: () => boolean;
  /** Resolves when all that has come is stored: true, or false when the disk didn't take it. */
  readonly stored: () => Promise<boolean>;
}

export class OwnEntries {
  readonly #device: Device;
  readonly #name: DocumentName;
  /** Nobody writes into the documents of the server. */
  readonly #written: boolean;
  readonly #disk: Disk;
  #doc: Y.Doc;
  #arrivals: ArrivalReader;
  readonly #messages = new WaitingMessages();
  #waiting = 0;
  #marked: Promise<WriteOutcome> | undefined;
  #unmarking: Promise<void> | undefined;
  /** One that will sort by its arrival may be waiting. */
  #mayWaitForPlace = true;

  constructor(device: Device, name: DocumentName, written: boolean, doc: Y.Doc, disk: Disk) {
    this.#device = device;
    this.#name = name;
    this.#written = written;
    this.#disk = disk;
    this.#doc = doc;
    this.#arrivals = new ArrivalReader(doc);
  }

  /** The document is another one from now on. */
  follow(doc: Y.Doc): void {
    this.#doc = doc;
    this.#arrivals = new ArrivalReader(doc);
    this.#messages.forget();
    this.#mayWaitForPlace = true;
  }

  /** Up to date with the document. */
  get arrivals(): ArrivalReader {
    this.#arrivals.read();
    return this.#arrivals;
  }

  /** How many have not arrived, as last counted. */
  get waiting(): number {
    return this.#waiting;
  }

  /** This account's writers in the document and their next clocks. */
  clocks(): { readonly writer: Writer; readonly next: number }[] {
    if (!this.#written) return [];
    return writersOf(this.#doc).flatMap((writer) =>
      accountOf(writer) === this.#device.account ? [{ writer, next: nextClock(this.#doc, writer) }] : [],
    );
  }

  /** The entries that have not arrived, writer by writer. */
  waitingRuns(): ClockRange[] {
    const own = this.clocks();
    if (own.length > 0) this.#arrivals.read();
    return own.flatMap(({ writer, next }) => {
      const from = this.#arrivals.reached(writer);
      return next > from ? [{ writer, from, to: next }] : [];
    });
  }

  /** The same, entry by entry. */
  *waitingEntries(): Generator<LoggedEntry> {
    for (const { writer, from, to } of this.waitingRuns()) yield* readLog(this.#doc, writer, from, to);
  }

  /**
   * The greatest stamp of those that wait and will sort by their arrival: written before the server's time was known, or by a clock that
   * is known to be wrong by now. What is written after them has to sort by its arrival, too.
   */
  lastWithoutPlace(): Stamp | undefined {
    if (!this.#mayWaitForPlace) return undefined;
    let last: Stamp | undefined;
    for (const { tuple } of this.waitingEntries()) {
      const stamp = tuple?.[1];
      if (isStamp(stamp) && this.#sortsByArrival(stamp) && (last === undefined || stamp > last)) last = stamp;
    }
    this.#mayWaitForPlace = last !== undefined;
    return last;
  }

  #sortsByArrival(stamp: Stamp): boolean {
    return isUnsure(stamp) || !this.#device.clock.follows(stamp);
  }

  /** An entry with this stamp has been written; undefined: another tab may have written any. */
  wrote(stamp: Stamp | undefined): void {
    this.#mayWaitForPlace ||= stamp === undefined || this.#sortsByArrival(stamp);
  }

  /** Reads new arrivals and counts. `told`: the change was durable before it came here. */
  count(told: boolean): void {
    if (!this.#written) return;
    const runs = this.waitingRuns();
    const waiting = runs.reduce((sum, run) => sum + run.to - run.from, 0);
    const before = this.#waiting;
    this.#waiting = waiting;
    const messages = this.#messages.count(this.#doc, runs);
    // Not compared with those before: another tab may have told a number that was out of date.
    if (messages !== this.#device.waiting.of(this.#name)) this.#device.waiting.set(this.#name, messages);
    if (waiting === 0 && this.#marked !== undefined && !this.#disk.isWriting()) {
      this.#unmarking ??= this.#unmark().finally(() => {
        this.#unmarking = undefined;
      });
    } else if (waiting > before && !told) {
      // Arrivals of a lost history are void: what they had acknowledged waits again.
      void this.mark();
    }
  }

  /** Before something is written: says durably that this document may hold unsent entries. */
  mark(): Promise<WriteOutcome> {
    return (this.#marked ??= this.#device.meta.markUnsent(this.#mark).then((outcome) => {
      if (outcome.kind !== 'stored') this.#marked = undefined;
      return outcome;
    }));
  }

  /** Not before the receipts are stored, and the head with them: at a start nothing else says that what was kept of before is out of date. */
  async #unmark(): Promise<void> {
    if (!(await this.#disk.stored()) || !(await this.#device.heads.saved())) return;
    if (this.#waiting > 0 || this.#disk.isWriting()) return;
    this.#marked = undefined;
    await this.#device.meta.unmarkUnsent([this.#mark]);
  }

  /** Resolves when no mark is being taken away. */
  async settled(): Promise<void> {
    await this.#unmarking;
  }

  /** The marks of this device were lost. */
  markAgain(): void {
    this.#marked = undefined;
    if (this.#waiting > 0) void this.mark();
  }

  get #mark() {
    return { document: this.#name, context: this.#device.context };
  }
}
