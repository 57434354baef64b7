/**
 * Keeps the facts in documents equal to what the directory says. What changed is marked in the directory's own transaction, so nothing
 * is forgotten by a crash; and every document is compared when it is loaded, so a restored log catches up, too.
 */
import { pageKey } from '../../crdt/model/chat/chat-facts.ts';
import { COMPANY_KEY, personKey } from '../../crdt/model/company/company-facts.ts';
import { inboxChatKey } from '../../crdt/model/inbox/inbox-facts.ts';
import type { Json, Tuple } from '../../crdt/model/log/append.ts';
import { clockRanges } from '../../crdt/model/log/clock-ranges.ts';
import type { Place } from '../../crdt/model/log/entry-id.ts';
import { encodeSet } from '../../crdt/model/log/set-entry.ts';
import { stampAt } from '../../crdt/model/log/stamp.ts';
import type { DocumentKind, DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { Directory, Mark } from '../directory/directory.ts';
import { personFact } from '../directory/person.ts';
import type { Log } from '../log.ts';

/** A document that facts are written to; see sync/open-document.ts. */
export interface FactsDocument {
  readonly name: DocumentName;
  readonly kind: DocumentKind;
  readonly facts: {
    read(): boolean;
    readonly values: ReadonlyMap<string, Json>;
    placeOf(key: string): Place | undefined;
  };
  write(
    facts: readonly Tuple[],
    erase: readonly { readonly writer: Place['writer']; readonly from: number; readonly to: number }[],
  ): Promise<{ readonly kind: 'stored' | 'storage-full' | 'storage-failed' }>;
}

/** The facts that a document must hold; undefined for one that has none. */
export function factsOf(document: DocumentKind, directory: Directory): ReadonlyMap<string, Json> | undefined {
  const facts = new Map<string, Json>();
  switch (document.kind) {
    case 'me':
      return undefined;
    case 'chat':
      if (document.page !== 1) return undefined;
      for (let page = 2; page <= directory.pages(document.chat); page += 1) facts.set(pageKey(page), true);
      return facts;
    case 'inbox': {
      const person = directory.person(document.account);
      if (person === undefined) return undefined;
      for (const { chat, joined } of directory.chatsOf(person)) {
        facts.set(inboxChatKey(chat), { pages: directory.pages(chat), joined });
      }
      return facts;
    }
    case 'company': {
      const name = directory.companyName(document.company);
      if (name === undefined) return undefined;
      facts.set(COMPANY_KEY, { name });
      for (const person of directory.people(document.company)) {
        facts.set(personKey(person.account), { ...personFact(person) } as Json);
      }
      return facts;
    }
  }
}

export interface ProjectorOptions {
  readonly directory: Directory;
  readonly use: <T>(document: DocumentName, work: (open: FactsDocument) => Promise<T>) => Promise<T>;
  readonly nowMs: () => number;
  readonly log: Log;
  /** Pause before the next attempt when the store had no room. */
  readonly retryMs: number;
}

export class Projector {
  readonly #options: ProjectorOptions;
  /** One after the other: two projections of one document at once would both write the same. */
  #running: Promise<void> = Promise.resolve();
  #isQueued = false;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: ProjectorOptions) {
    this.#options = options;
  }

  /** Carries out all marks, soon; marks that come meanwhile are seen, too. */
  wake(): void {
    if (this.#isQueued || this.#stopped) return;
    this.#isQueued = true;
    this.#enqueue(async () => {
      this.#isQueued = false;
      for (const mark of this.#options.directory.marks()) await this.#carryOut(mark);
    });
  }

  /** Compares one document that has just been loaded. */
  compare(document: DocumentName): void {
    if (this.#stopped) return;
    this.#enqueue(async () => void (await this.#options.use(document, (open) => this.#project(open))));
  }

  /** Resolves when everything asked for until now has been carried out. */
  settled(): Promise<void> {
    return this.#running;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
  }

  #enqueue(work: () => Promise<void>): void {
    this.#running = this.#running.then(work).catch((error: unknown) => {
      this.#options.log.error('projection-failed', error);
      this.#later();
    });
  }

  async #carryOut(mark: Mark): Promise<void> {
    if (this.#stopped) return;
    const isDone = await this.#options.use(mark.document, (open) => this.#project(open));
    if (isDone) this.#options.directory.unmark(mark);
    else this.#later();
  }

  /** False when the store had no room. */
  async #project(open: FactsDocument): Promise<boolean> {
    const wanted = factsOf(open.kind, this.#options.directory);
    if (wanted === undefined) return true;
    open.facts.read();
    const changes: [string, Json][] = [];
    for (const [key, value] of wanted) if (!isSame(open.facts.values.get(key), value)) changes.push([key, value]);
    for (const key of open.facts.values.keys()) if (!wanted.has(key)) changes.push([key, null]);
    if (changes.length === 0) return true;
    const superseded = changes.map(([key]) => open.facts.placeOf(key)).filter((place) => place !== undefined);
    const stamp = stampAt(this.#options.nowMs());
    const result = await open.write(
      changes.map(([key, value]) => encodeSet(stamp, key, value)),
      clockRanges(superseded),
    );
    return result.kind === 'stored';
  }

  #later(): void {
    if (this.#stopped || this.#retry !== undefined) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.wake();
    }, this.#options.retryMs);
  }
}

/** Both are JSON; the order of members is the same because the same code has made them. */
const isSame = (one: Json | undefined, other: Json): boolean => JSON.stringify(one) === JSON.stringify(other);
