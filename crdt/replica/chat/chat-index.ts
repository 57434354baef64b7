/**
 * What is known of all chats without opening them: unread numbers and newest messages, from local data. It rests on digests of pages
 * (see page-digests.ts). A page that has changed is read from the database once for each change; those of an open chat are looked up
 * in its timeline.
 */
import { digestPages, isSameLatest, laterOf, latestOf, type PlacedLatest } from '../../model/chat/digest.ts';
import { PageReader } from '../../model/chat/page-reader.ts';
import { Timeline } from '../../model/chat/timeline.ts';
import { countUnread, readUpTo } from '../../model/chat/unread.ts';
import { chatDocument, parseDocumentName, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';
import { Cell } from '../cell.ts';
import type { ChatSummary, FactsView, Watchable } from '../contract.ts';
import type { Device } from '../documents/device.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import { readStored } from '../documents/read-stored.ts';
import { nextTurn, whenIdle } from '../next-turn.ts';
import type { KeptDigest } from '../storage/meta-records.ts';
import { pause } from '../sync/pause.ts';
import type { ChatPages } from './chat-pages.ts';
import { KnownChats } from './known-chats.ts';
import { encodeTop, type ListTop } from './list-top.ts';
import { PageDigests } from './page-digests.ts';

/** Chats that are looked at in one turn, and told at once: a millisecond or two on a slow phone. */
const CHATS_OF_A_TURN = 100;
/** The same at the start, where nothing is read: what was kept of them is told. */
const KNOWN_CHATS_OF_A_TURN = 500;
/** What changes while pages are read waits so long for its turn: a chat in which people write fast is not read for each message. */
const ROUND_PAUSE_MS = 100;

export interface ChatIndexParts {
  readonly device: Device;
  readonly documents: OpenDocuments;
  readonly inbox: FactsView;
  readonly company: FactsView;
  readonly me: FactsView;
}

export class ChatIndex {
  readonly known: KnownChats;
  readonly #device: Device;
  readonly #documents: OpenDocuments;
  readonly #company: FactsView['facts'];
  readonly #me: FactsView['facts'];
  readonly #digests: PageDigests;
  readonly #numbers = new Cell<ReadonlyMap<ChatId, number>>(new Map());
  readonly #summaries = new Cell<ReadonlyMap<ChatId, ChatSummary>>(new Map());
  readonly #whole = new Cell(false);
  readonly #open = new Map<ChatId, ChatPages>();
  /** Open chats that have changed since their pages were digested. */
  readonly #undigested = new Set<ChatId>();
  /** Pages that have changed since they were digested. */
  readonly #stale = new Set<DocumentName>();
  /** Damaged pages of which the digest of before is kept until they are whole again. */
  readonly #damaged = new Set<DocumentName>();
  readonly #due = new Set<ChatId>();
  /** Known from the start; whether something of them is missing is asked when the page has nothing better to do. */
  #unchecked: readonly ChatId[] = [];
  readonly #disposes: readonly (() => void)[];
  #reading: Promise<void> | undefined;
  readonly #stopping = new AbortController();

  constructor({ device, documents, inbox, company, me }: ChatIndexParts) {
    this.#device = device;
    this.#documents = documents;
    this.#company = company.facts;
    this.#me = me.facts;
    this.#digests = new PageDigests(device.meta, () => this.#beforeWriting());
    this.known = new KnownChats(device, inbox, me, {
      changed: (chat) => {
        if (this.#open.has(chat)) this.refresh(chat);
        this.#look(chat);
      },
      gone: (chat, latestPage) => this.#forget(chat, latestPage),
    });
    this.#disposes = [
      device.heads.subscribe((document) => this.changed(document)),
      device.repairs.subscribe(() => this.#followRepairs()),
      // Pins decide what is on top, and the rows have names.
      me.facts.subscribe(() => this.#digests.writeSoon()),
      company.facts.subscribe(() => this.#digests.writeSoon()),
    ];
    documents.onOpened((document) => this.#followDocument(document));
  }

  /** Tells the top of the list, until `begin` tells all of it. */
  showTop({ unread, summaries }: Pick<ListTop, 'unread' | 'summaries'>): void {
    this.#numbers.set(unread);
    this.#summaries.set(summaries);
  }

  /**
   * Resolves when what is known from the last run can be read; what has changed since is looked at afterwards. In turns: a thousand
   * chats at once would keep a slow phone from drawing. To be called before any chat is opened, with the heads of all documents known.
   */
  async begin(kept: ReadonlyMap<DocumentName, KeptDigest>): Promise<void> {
    this.#digests.adopt(kept);
    for (const [document, { head }] of kept) {
      const name = parseDocumentName(document);
      if (name?.kind !== 'chat') continue;
      this.known.knowPage(name.chat, name.page);
      if (head !== this.known.head(document)) this.#stale.add(document);
    }
    await nextTurn();
    this.known.followInbox();
    await nextTurn();
    this.known.followMarkers();
    const chats = [...this.known.all()];
    const [numbers, summaries] = [new Map<ChatId, number>(), new Map<ChatId, ChatSummary>()];
    for (let from = 0; from < chats.length; from += KNOWN_CHATS_OF_A_TURN) {
      await nextTurn();
      for (const chat of chats.slice(from, from + KNOWN_CHATS_OF_A_TURN)) {
        numbers.set(chat, this.#numberOf(chat));
        summaries.set(chat, { chat, latest: this.#latestOf(chat) });
      }
    }
    // Of chats that have come or gone meanwhile, too.
    this.#unchecked = [...this.known.all()];
    const present = new Set(this.#unchecked);
    for (const chat of chats.filter((known) => !present.has(known))) {
      numbers.delete(chat);
      summaries.delete(chat);
    }
    this.#numbers.set(numbers);
    this.#summaries.set(summaries);
    this.#whole.set(true);
    this.#digests.writeSoon();
    for (const document of this.#stale) {
      const name = parseDocumentName(document);
      if (name?.kind === 'chat') this.#due.add(name.chat);
    }
    this.#reading = this.#readDue();
  }

  get numbers(): Watchable<ReadonlyMap<ChatId, number>> {
    return this.#numbers;
  }

  get summaries(): Watchable<ReadonlyMap<ChatId, ChatSummary>> {
    return this.#summaries;
  }

  /** False until all chats are told: what is known from the last run is, and what has changed waits for that. */
  get whole(): Watchable<boolean> {
    return this.#whole;
  }

  /** Up to where others' messages are stored here: an arrival number, 0 when none is. */
  othersUpTo(chat: ChatId): number {
    if (this.#undigested.has(chat)) this.#digestOpen();
    let upTo = 0;
    for (let page = this.known.latestPage(chat); page >= 1; page -= 1) {
      const document = chatDocument(chat, page);
      // What is on the screen may still be on its way to the disk.
      upTo = Math.max(upTo, Math.min(this.#digests.get(document)?.others ?? 0, this.known.head(document)));
    }
    return upTo;
  }

  /** When the newest message of a page was written, where that is known without reading it. */
  newestMs(document: DocumentName): number | undefined {
    return this.#digests.get(document)?.latest?.timeMs;
  }

  /** From now on the chat's loaded pages are looked up in `pages`. The dispose ends that. */
  follow(pages: ChatPages): () => void {
    this.known.knowPage(pages.chat, 1);
    this.#open.set(pages.chat, pages);
    this.refresh(pages.chat);
    this.#look(pages.chat);
    return () => {
      if (this.#open.get(pages.chat) !== pages) return;
      this.#digestLoaded(pages);
      this.#open.delete(pages.chat);
      this.#look(pages.chat);
    };
  }

  /** The timeline of an open chat has changed. */
  refresh(chat: ChatId): void {
    this.#undigested.add(chat);
    this.#digests.writeSoon();
    this.#publish([chat]);
  }

  /** What is stored of a page has changed. */
  changed(document: DocumentName): void {
    const name = parseDocumentName(document);
    if (name?.kind !== 'chat') return;
    this.known.knowPage(name.chat, name.page);
    // What an open page says is in its timeline at once.
    if (this.#open.get(name.chat)?.has(name.page) === true) return;
    this.#stale.add(document);
    this.#look(name.chat);
  }

  /** Resolves when everything that is due has been looked at. */
  async settled(): Promise<void> {
    while (this.#reading !== undefined) await this.#reading;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.known.stop();
    for (const dispose of this.#disposes) dispose();
    await this.settled();
    await this.#digests.write();
  }

  /** The chat is not the person's any more. */
  #forget(chat: ChatId, latestPage: number): void {
    for (let page = latestPage; page >= 1; page -= 1) this.#digests.drop(chatDocument(chat, page));
    this.#due.delete(chat);
    const without = <T>(map: ReadonlyMap<ChatId, T>): ReadonlyMap<ChatId, T> =>
      new Map([...map].filter(([key]) => key !== chat));
    this.#numbers.set(without(this.#numbers.get()));
    this.#summaries.set(without(this.#summaries.get()));
    this.#digests.writeSoon();
  }

  /** Own entries are told by nobody else; what comes from the network is told once it is stored. */
  #followDocument(document: LocalDocument): void {
    document.subscribe((event, transaction) => {
      if (event === 'replaced' || transaction?.origin === document) this.changed(document.name);
    });
  }

  #followRepairs(): void {
    for (const document of [...this.#damaged]) {
      if (this.#device.repairs.isDue(document)) continue;
      this.#damaged.delete(document);
      this.changed(document);
    }
  }

  #look(chat: ChatId): void {
    if (this.#stopping.signal.aborted || !this.#whole.get()) return;
    this.#due.add(chat);
    this.#reading ??= this.#readDue();
  }

  async #readDue(): Promise<void> {
    // Many changes of one turn are looked at once.
    await Promise.resolve();
    const { signal } = this.#stopping;
    while ((this.#due.size > 0 || (await this.#checkAll())) && !signal.aborted) {
      const round = [...this.#due];
      this.#due.clear();
      for (let from = 0; from < round.length && !signal.aborted; from += CHATS_OF_A_TURN) {
        const some = round.slice(from, from + CHATS_OF_A_TURN);
        for (const chat of some) for (const page of this.#pagesToRead(chat)) await this.#readSafely(chat, page);
        this.#publish(some);
        await nextTurn();
      }
      if (this.#due.size > 0) await pause(ROUND_PAUSE_MS, signal);
    }
    this.#reading = undefined;
  }

  /** Once, when nobody waits for the page: true when there is something to look at. */
  async #checkAll(): Promise<boolean> {
    if (this.#unchecked.length === 0) return false;
    await whenIdle();
    for (const chat of this.#unchecked) this.#due.add(chat);
    this.#unchecked = [];
    return true;
  }

  /** A page that can't be read now keeps its digest, and is read with its next change. */
  async #readSafely(chat: ChatId, page: number): Promise<void> {
    try {
      await this.#read(chat, page);
    } catch {
      this.#stale.add(chatDocument(chat, page));
    }
  }

  /**
   * Pages that have to be read now: changed ones, those with something unread for a marker that has moved, and from the latest back
   * to the first in which a message is.
   */
  *#pagesToRead(chat: ChatId): Generator<number> {
    const open = this.#open.get(chat);
    const upTo = readUpTo(this.known.reader(chat));
    let found = false;
    for (let page = this.known.latestPage(chat); page >= 1; page -= 1) {
      if (open?.has(page) === true) {
        found = true;
        continue;
      }
      const document = chatDocument(chat, page);
      const head = this.known.head(document);
      const digest = this.#digests.get(document);
      const isMissing = digest === undefined ? head > (found ? upTo : 0) : digest.upTo !== upTo && head > upTo;
      if (isMissing || this.#stale.has(document)) yield page;
      found ||= this.#digests.get(document)?.latest !== undefined;
    }
  }

  async #read(chat: ChatId, page: number): Promise<void> {
    const document = chatDocument(chat, page);
    this.#stale.delete(document);
    const reader = this.known.reader(chat);
    const head = this.known.head(document);
    const open = this.#documents.get(document);
    const stored = open?.readable === true ? undefined : await readStored(this.#device, document);
    const doc = open?.readable === true ? open.doc : stored?.doc;
    if (doc === undefined) return this.#digests.drop(document);
    // Until it is here again, what was known of it says more than what is left.
    const isDamaged = stored?.isDamaged === true || this.#device.repairs.isDue(document);
    if (isDamaged && this.#digests.get(document) !== undefined) return void this.#damaged.add(document);
    // Opened while it was being read.
    if (this.#open.get(chat)?.has(page) === true) return;
    const timeline = new Timeline();
    const pageReader = new PageReader(doc, page);
    timeline.apply(pageReader.read());
    const digest = digestPages(timeline, [page], reader).get(page);
    // Of what is open more may have come than is stored; then the digest is not valid for what is.
    if (digest !== undefined) this.#digests.put(document, Math.max(head, pageReader.arrivals.head), digest);
    if (doc !== open?.doc) doc.destroy();
  }

  #beforeWriting(): string | undefined {
    this.#digestOpen();
    if (!this.#whole.get()) return undefined;
    const [unread, summaries] = [this.#numbers.get(), this.#summaries.get()];
    const facts = { company: this.#company.get(), me: this.#me.get() };
    return encodeTop({ unread, summaries, ...facts }, this.#device.account);
  }

  #digestOpen(): void {
    for (const chat of this.#undigested) {
      const pages = this.#open.get(chat);
      if (pages !== undefined) this.#digestLoaded(pages);
    }
    this.#undigested.clear();
  }

  #digestLoaded(pages: ChatPages): void {
    const { chat } = pages;
    const reader = this.known.reader(chat);
    const upTo = readUpTo(reader);
    const known = (page: number): KeptDigest | undefined => this.#digests.get(chatDocument(chat, page));
    const changed = new Set(pages.timeline.takeChangedPages());
    // Of a hundred thousand messages in hand nearly all are as they were.
    const due = pages.numbers().filter((page) => {
      const before = known(page);
      const isOther =
        before?.upTo !== upTo && this.known.head(chatDocument(chat, page)) > Math.min(upTo, before?.upTo ?? 0);
      return before === undefined || isOther || changed.has(page) || this.#stale.has(chatDocument(chat, page));
    });
    const before = (page: number): number => pages.document(page)?.arrivals.before ?? 0;
    for (const [page, digest] of digestPages(pages.timeline, due, reader, known, before)) {
      const document = chatDocument(chat, page);
      if (this.#device.repairs.isDue(document)) {
        this.#stale.add(document);
        continue;
      }
      this.#stale.delete(document);
      this.#digests.put(
        document,
        Math.max(this.known.head(document), pages.document(page)?.arrivals.head ?? 0),
        digest,
      );
    }
  }

  #publish(chats: Iterable<ChatId>): void {
    const [numbers, summaries] = [this.#numbers.get(), this.#summaries.get()];
    const newNumbers: [ChatId, number][] = [];
    const newSummaries: [ChatId, ChatSummary][] = [];
    for (const chat of chats) {
      const number = this.#numberOf(chat);
      if (numbers.get(chat) !== number) newNumbers.push([chat, number]);
      const latest = this.#latestOf(chat);
      const known = summaries.get(chat);
      if (known === undefined || !isSameLatest(known.latest, latest)) newSummaries.push([chat, { chat, latest }]);
    }
    if (newNumbers.length > 0) this.#numbers.set(new Map([...numbers, ...newNumbers]));
    if (newSummaries.length > 0) this.#summaries.set(new Map([...summaries, ...newSummaries]));
    if (newNumbers.length + newSummaries.length > 0) this.#digests.writeSoon();
  }

  #numberOf(chat: ChatId): number {
    const open = this.#open.get(chat);
    const reader = this.known.reader(chat);
    const upTo = readUpTo(reader);
    // Only what came after the marker: this runs for every message that comes in.
    let number = open === undefined ? 0 : countUnread(open.timeline.arrivedAfter(upTo), reader);
    for (let page = this.known.latestPage(chat); page >= 1; page -= 1) {
      const document = chatDocument(chat, page);
      if (open?.has(page) === true || this.known.head(document) <= upTo) continue;
      number += this.#digests.get(document)?.unread ?? 0;
    }
    return number;
  }

  #latestOf(chat: ChatId): PlacedLatest | undefined {
    const open = this.#open.get(chat);
    let latest = open === undefined ? undefined : latestOf(open.timeline);
    for (let page = this.known.latestPage(chat); page >= 1; page -= 1) {
      if (open?.has(page) !== true) latest = laterOf(latest, this.#digests.get(chatDocument(chat, page))?.latest);
    }
    return latest;
  }
}
