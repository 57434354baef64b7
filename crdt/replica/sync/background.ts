/**
 * What one tab does for all of a device, while it is elected and online: catching up with what has moved, sending what is unsent in
 * documents that nobody has open, sending again what was refused.
 */
import { chatDocument, parseDocumentName, type DocumentName } from '../../model/protocol/document-name.ts';
import type { CaughtUp } from '../../model/protocol/http.ts';
import type { KnownChats } from '../chat/known-chats.ts';
import { contextLock, type Device } from '../documents/device.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { DocumentUse, OpenDocuments } from '../documents/open-documents.ts';
import { deleteFormerDatabases } from '../quarantine/former-databases.ts';
import type { QuarantineRecords } from '../quarantine/quarantine-records.ts';
import { Resend } from '../quarantine/resend.ts';
import type { CatchUpPoint, Head } from '../storage/meta-records.ts';
import { storageFailure } from '../storage/transact.ts';
import { isFree } from '../tabs/election.ts';
import { isWantedNow } from './wanted-now.ts';
import type { History } from './history.ts';
import type { LinkEnd } from './document-link.ts';
import type { ServerRequests } from './server-requests.ts';
import { pause } from './pause.ts';
import { Window } from './window.ts';

/** Documents that are brought into step at once: enough to fill the line, few enough for a phone. */
const PULLS_AT_ONCE = 4;
/** First and longest pause before catch-up is tried again on a line that lives: a full disk is not emptied in a second. */
const RETRY_MIN_MS = 5_000;
const RETRY_MAX_MS = 60_000;
/** How often a restored server is asked whether it has taken what it lacked; then the whole catch-up is tried again later. */
const MAX_QUESTIONS = 10;

export interface BackgroundParts {
  readonly device: Device;
  readonly documents: OpenDocuments;
  readonly quarantine: QuarantineRecords;
  readonly requests: ServerRequests;
  /** Resolves when the open document is in step with the server on the present line, or won't be. */
  readonly inStep: (name: DocumentName) => Promise<LinkEnd>;
  /** True while the server is not known to have all own entries of the open document. */
  readonly lacks: (name: DocumentName) => boolean;
  /** Pause between asking whether it has them now. */
  readonly againMs: number;
  readonly chats: KnownChats;
  /** Inbox and `me`: what they say decides what is urgent. */
  readonly lists: readonly DocumentName[];
  /** Resolves when `chats` follows the documents of both. */
  readonly listsFollowed: () => Promise<unknown>;
  readonly history: History;
  readonly catchUpPoint: CatchUpPoint | undefined;
}

export class Background {
  readonly #parts: BackgroundParts;
  readonly #window = new Window(PULLS_AT_ONCE);
  readonly #unsent = new Map<DocumentName, Promise<DocumentUse>>();
  readonly #pulls = new Map<DocumentName, Promise<boolean>>();
  readonly #resend: Resend;
  #point: CatchUpPoint | undefined;
  /** Documents of which something lies here, as the present line found them. */
  #held: ReadonlySet<DocumentName> = new Set();
  /** Where pages stand on the server that are left to history. */
  readonly #left = new Map<DocumentName, Head>();
  /** Of the present line; undefined while there is none, or another tab does the work. */
  #line: AbortController | undefined;
  #unsubscribe: () => void = () => undefined;
  /** All that is under way, of earlier lines, too. */
  readonly #tasks = new Set<Promise<unknown>>();

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
    this.#point = parts.catchUpPoint;
    this.#resend = new Resend(parts.device, parts.documents, parts.quarantine, parts.requests, parts.inStep);
  }

  /** The line is up and this tab is elected. */
  begin(): void {
    if (this.#line !== undefined) return;
    const line = (this.#line = new AbortController());
    const unsubscribe = [
      this.#parts.device.waiting.subscribe(() => this.#holdUnsent()),
      this.#parts.quarantine.subscribe(() => this.#resend.run(line.signal)),
      this.#parts.device.repairs.subscribe(() => this.#repair(line.signal)),
    ];
    this.#unsubscribe = () => unsubscribe.forEach((dispose) => dispose());
    this.#holdUnsent();
    this.#resend.run(line.signal);
    this.#track(this.#catchUp(line.signal));
  }

  /** The line is gone. */
  end(): void {
    this.#line?.abort();
    this.#line = undefined;
    this.#parts.history.lineEnded();
    this.#unsubscribe();
    this.#pulls.clear();
    for (const [name, use] of [...this.#unsent]) this.#letGo(name, use);
  }

  /** Documents have changed on the server. */
  bumped(heads: CaughtUp['heads']): void {
    const line = this.#line;
    if (line === undefined) return;
    for (const [document, number, sequence] of heads) {
      const head = { number, sequence };
      if (this.#isUrgent(document, head)) void this.#pull(document, head, line.signal);
    }
  }

  /** Fetches what was found damaged; what does not come now is asked for again by catch-up. */
  #repair(line: AbortSignal): void {
    for (const document of this.#parts.device.repairs.due()) {
      if (!this.#pulls.has(document)) void this.#pull(document, undefined, line);
    }
  }

  /** Resolves when nothing is under way any more; after `end`. */
  async settled(): Promise<void> {
    await Promise.all(this.#tasks);
    await this.#resend.settled();
  }

  #track(task: Promise<unknown>): void {
    this.#tasks.add(task);
    void task.finally(() => this.#tasks.delete(task));
  }

  /** Keeps the documents with unsent entries open, so that the network's side of them sends. */
  #holdUnsent(): void {
    const { device, documents } = this.#parts;
    const unsent = new Set(device.waiting.documents());
    for (const name of unsent) if (!this.#unsent.has(name)) this.#unsent.set(name, documents.use(name));
    for (const [name, use] of [...this.#unsent]) if (!unsent.has(name)) this.#letGo(name, use);
  }

  #letGo(name: DocumentName, use: Promise<DocumentUse>): void {
    this.#unsent.delete(name);
    // Not within the change that has made the last entry arrive.
    void use.then(({ release }) => release());
  }

  async #catchUp(line: AbortSignal): Promise<void> {
    for (let delayMs = RETRY_MIN_MS; !line.aborted; delayMs = Math.min(RETRY_MAX_MS, 2 * delayMs)) {
      if ((await this.#noted(this.#catchUpOnce(line))) === true) break;
      await pause(delayMs, line);
    }
    if (!line.aborted) await this.#noted(this.#tidyUp());
    const { history } = this.#parts;
    await history.fetchAll(line, { quiet: () => this.#quiet(), fetch: (page) => this.#fetch(page, line) });
  }

  /** Undefined when the device's records could not be read. */
  async #noted<T>(task: Promise<T>): Promise<T | undefined> {
    try {
      return await task;
    } catch (error) {
      this.#parts.device.health.failed(storageFailure(error));
      return undefined;
    }
  }

  /** True when everything up to the server's cursor is stored here. */
  async #catchUpOnce(line: AbortSignal): Promise<boolean> {
    const { device, requests } = this.#parts;
    const before = this.#point;
    const answer = await requests.catchUp({ since: before?.cursor ?? 0, epoch: before?.epoch ?? '' });
    if (answer.kind !== 'ok' || line.aborted) return false;
    const { epoch, cursor, heads } = answer.value;
    const due = new Map<DocumentName, Head | undefined>();
    // A restored server may have lost what this device has: every local copy is compared.
    const restored = before !== undefined && before.epoch !== epoch;
    if (restored) {
      for (const name of (await device.meta.read()).documents.keys()) {
        const kind = parseDocumentName(name)?.kind;
        if (kind === 'chat' || kind === 'me') due.set(name, undefined);
      }
    }
    for (const document of device.repairs.due()) due.set(document, undefined);
    for (const [document, number, sequence] of heads) due.set(document, { number, sequence });
    const pull = async (names: Iterable<DocumentName>): Promise<boolean> => {
      const pulls: Promise<boolean>[] = [];
      for (const name of names) {
        const head = due.get(name);
        if (restored || !this.#isKnown(name, head)) pulls.push(this.#pull(name, head, line, restored));
      }
      return (await Promise.all(pulls)).every(Boolean) && !line.aborted;
    };
    const { lists, listsFollowed } = this.#parts;
    if (!(await pull(lists.filter((name) => due.has(name))))) return false;
    await listsFollowed();
    const records = await device.meta.documentRecords();
    this.#held = new Set(records.keys());
    // Of an empty one, or one that was written before the person joined, the server tells nothing.
    for (const [chat, latest] of this.#parts.chats.listed()) {
      const name = chatDocument(chat, latest);
      if (!due.has(name) && records.get(name)?.complete !== true) due.set(name, undefined);
    }
    const others = [...due.keys()].filter((name) => !lists.includes(name));
    // What is left is known by what is not here, so the cursor may pass it.
    if (!(await pull(others.filter((name) => this.#isUrgent(name, due.get(name), due))))) return false;
    // What the cursor has passed is told by nobody again.
    if (!(await device.heads.saved())) return false;
    const point = { epoch, cursor };
    const outcome = await device.meta.putCatchUp(point);
    if (outcome.kind !== 'stored') device.health.failed(outcome);
    else this.#point = point;
    return true;
  }

  /** False for a page that may be fetched beside everything else: it was never here, and nothing that a person is told rests on it. */
  #isUrgent(name: DocumentName, head: Head | undefined, told?: ReadonlyMap<DocumentName, Head | undefined>): boolean {
    const { device, documents, chats } = this.#parts;
    const page = parseDocumentName(name);
    if (page?.kind !== 'chat' || head === undefined) return true;
    if (this.#held.has(name) || device.heads.get(name) !== undefined || documents.get(name) !== undefined) return true;
    const numberOf = (document: DocumentName): number | undefined =>
      (told?.get(document) ?? device.heads.get(document))?.number;
    if (isWantedNow(chats, page, head.number, numberOf)) return true;
    this.#left.set(name, head);
    return false;
  }

  /** Resolves when nothing that matters more than history is on its way. */
  async #quiet(): Promise<void> {
    while (this.#pulls.size > 0) await Promise.all(this.#pulls.values());
  }

  #fetch(page: DocumentName, line: AbortSignal): Promise<boolean> {
    return this.#pull(page, this.#left.get(page), line);
  }

  #isKnown(name: DocumentName, head: Head | undefined): boolean {
    const { heads, repairs } = this.#parts.device;
    const known = heads.get(name);
    // What another tab knew of it before it was damaged may have been written behind that.
    if (repairs.isDue(name)) return false;
    return head !== undefined && known?.sequence === head.sequence && known.number === head.number;
  }

  /**
   * Brings one document into step and stores it; true when its head may count as reached. After a restore (`all`) also: when the
   * server has everything of its own that this device has.
   */
  #pull(name: DocumentName, head: Head | undefined, line: AbortSignal, all = false): Promise<boolean> {
    const running = this.#pulls.get(name);
    // One after the other: what comes while a pull is under way may have come too late for it.
    const pull = (running ?? Promise.resolve(true)).then(() => this.#pullOnce(name, head, line, all));
    const own = pull.finally(() => {
      if (this.#pulls.get(name) === own) this.#pulls.delete(name);
    });
    this.#pulls.set(name, own);
    this.#track(own);
    return own;
  }

  async #pullOnce(name: DocumentName, head: Head | undefined, line: AbortSignal, all: boolean): Promise<boolean> {
    const { device } = this.#parts;
    const leave = await this.#window.enter();
    try {
      if (line.aborted) return false;
      if (!all && this.#isKnown(name, head)) return true;
      const use = await this.#parts.documents.use(name);
      try {
        const end = await this.#parts.inStep(name);
        if (end === 'ended') return false;
        if (end === 'synced') {
          if (all && !(await this.#hasAll(name, line))) return false;
          if (!(await this.#isWhole(use.document))) return false;
          if (use.document.written) device.heads.correct(name, use.document.arrivals.head);
        } else {
          // Nothing more can come.
          await device.repairs.fetched(name);
        }
        if (head !== undefined) device.heads.reach(name, head);
        return true;
      } finally {
        use.release();
      }
    } finally {
      leave();
    }
  }

  /** True when all of a document that is in step is stored. One that had to go over to another database is brought into step again. */
  async #isWhole(document: LocalDocument): Promise<boolean> {
    if (!(await document.stored())) return false;
    await document.markComplete();
    if (document.complete) return true;
    if ((await this.#parts.inStep(document.name)) !== 'synced' || !(await document.stored())) return false;
    await document.markComplete();
    return document.complete;
  }

  /** Arrivals of a lost history may still say that entries have arrived, so the server itself is asked what it has. */
  async #hasAll(name: DocumentName, line: AbortSignal): Promise<boolean> {
    for (let question = 0; question < MAX_QUESTIONS && !line.aborted; question += 1) {
      if (!this.#parts.lacks(name)) return true;
      if (question > 0) await pause(this.#parts.againMs, line);
      if ((await this.#parts.inStep(name)) !== 'synced') return false;
    }
    return !this.#parts.lacks(name);
  }

  /** Databases that a quarantine has retired, and marks of contexts that live no more for documents in which nothing waits. */
  async #tidyUp(): Promise<void> {
    const { device } = this.#parts;
    await deleteFormerDatabases(device);
    const marks = await device.meta.unsentMarks();
    const dead = [];
    for (const mark of marks) {
      if (mark.context === device.context) continue;
      if (!(await isFree(contextLock(device.namespace, mark.context)))) continue;
      // Counted now that it writes no more: it may have died before it could tell what it had written.
      const { document, release } = await this.#parts.documents.use(mark.document);
      if (document.readable && document.waiting === 0) dead.push(mark);
      release();
    }
    if (dead.length > 0) await device.meta.unmarkUnsent(dead);
  }
}
