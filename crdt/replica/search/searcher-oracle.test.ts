/** Whatever happens to the documents of a device, search finds what reading all present texts would find. */
import fc from 'fast-check';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { writer, type PageBuilder } from '../../../tests/support/chat-builder.ts';
import { ANNA } from '../../../tests/support/offline-replica.ts';
import { answerOf, phraseOf, searchers, type OpenedSearcher } from '../../../tests/support/open-searcher.ts';
import { seededRandom, type Random } from '../../../tests/support/random.ts';
import { StoredChats } from '../../../tests/support/stored-chats.ts';
import { entryId, type Place } from '../../model/log/entry-id.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import { accountOf, type Account, type Writer } from '../../model/log/writer.ts';
import { internalChatId, privateChatId, type ChatId, type CompanyId } from '../../model/protocol/document-name.ts';
import { normalise } from '../../model/search/normalise.ts';
import { matchKind, type MatchKind } from '../../model/search/phrase.ts';
import { searchDatabaseName } from '../documents/device.ts';
import type { FoundMessage } from './search-contract.ts';

const openSearcher = searchers();
const T0 = Date.UTC(2026, 0, 1);
const CHATS = [privateChatId(ANNA, 6 as Account), privateChatId(ANNA, 7 as Account), internalChatId(1 as CompanyId)];
const PAGES = 2;
const WORDS = [
  'Haus',
  'Haustür',
  'tür',
  'Straße',
  'STRASSE',
  'Zürich',
  '鍵はどこ',
  'K#111',
  '👍🏽',
  'שלום',
  '...',
  'a\nb',
  'ﬁn',
];
const PHRASES = [
  'haus',
  'tür',
  'haustür k',
  'straße',
  'zür',
  '鍵',
  'どこ',
  'k#1',
  '111',
  '👍🏽',
  'שלו',
  '..',
  'a b',
  'ﬁ',
  's',
];

interface Written extends Place {
  readonly chat: ChatId;
  readonly page: number;
  readonly atMs: number;
  text: string;
  isGone: boolean;
}

class Device {
  readonly #namespace: string;
  readonly #stored: StoredChats;
  readonly #random: Random;
  readonly #listed = new Set<ChatId>();
  readonly #written: Written[] = [];
  #atMs = T0;
  #opened: OpenedSearcher;
  #toldBefore: number;
  /** A tab has kept something to itself. */
  #isUntold = false;

  private constructor(namespace: string, stored: StoredChats, random: Random) {
    this.#namespace = namespace;
    this.#stored = stored;
    this.#random = random;
    this.#toldBefore = stored.told;
    this.#opened = openSearcher(namespace);
  }

  static async open(namespace: string, random: Random): Promise<Device> {
    return new Device(namespace, await StoredChats.open(namespace), random);
  }

  async close(): Promise<void> {
    await this.#opened.stop();
    this.#stored.close();
  }

  async step(): Promise<void> {
    const chat = this.#random.pick(CHATS);
    const choice = this.#random.integer(0, 19);
    if (choice < 8) await this.#write(chat);
    else if (choice < 11) await this.#edit();
    else if (choice < 14) await this.#retract();
    else if (choice < 16) await this.#list(chat);
    else if (choice < 18) await this.#restart();
    else await this.#ask(true);
    await this.#ask(false);
  }

  /** Settled: exactly what all present texts have; else at least nothing that isn't so. */
  async #ask(isSettled: boolean): Promise<void> {
    const { searcher, heard } = this.#opened;
    await heard(this.#stored.told - this.#toldBefore);
    if (isSettled) {
      if (this.#isUntold) this.#stored.tell({ kind: 'repairs' });
      await heard(this.#stored.told - this.#toldBefore);
      await searcher.settled();
      this.#isUntold = false;
    }
    if (this.#isUntold) return;
    const typed = this.#random.pick(PHRASES);
    const kind = this.#random.pick<MatchKind>(['word-start', 'inside']);
    const { messages } = await answerOf(searcher, typed, { kind, limit: Infinity });
    const expected = new Map(this.#expected(typed, kind).map((one) => [`${one.chat} ${one.id}`, one]));
    for (const message of messages) expect(message).toEqual(expected.get(`${message.chat} ${message.id}`));
    const times = messages.map(({ timeMs }) => timeMs);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    if (!isSettled) return;
    expect(messages).toHaveLength(expected.size);
    const present = this.#written.filter(({ chat, isGone }) => this.#listed.has(chat) && !isGone);
    expect(searcher.state.get()).toMatchObject({ messages: present.length, toRead: 0, problem: { kind: 'ok' } });
  }

  #expected(typed: string, kind: MatchKind): FoundMessage[] {
    const phrase = phraseOf(typed);
    return this.#written
      .filter(({ chat, isGone, text }) => {
        const isPresent = this.#listed.has(chat) && !isGone;
        return isPresent && matchKind(normalise(text), phrase) === kind;
      })
      .map(({ chat, page, writer: by, clock, atMs, text }) => {
        return { id: entryId(by, clock), chat, page, author: accountOf(by), timeMs: atMs, text };
      });
  }

  async #write(chat: ChatId): Promise<void> {
    const page = this.#random.integer(1, PAGES);
    const by = writer(this.#random.pick([ANNA, 6, 7]), 1 + CHATS.indexOf(chat) * PAGES + page);
    const text = this.#text();
    // Late ones lie far back.
    this.#atMs += 1_000;
    const atMs = this.#random.integer(0, 4) === 0 ? this.#atMs - 500_000_500 : this.#atMs;
    const place = this.#stored.page(chat, page).append(by, [HEAD.message, stampAt(atMs), text]);
    this.#written.push({ ...place, chat, page, atMs, text, isGone: false });
    await this.#store(chat, page, by);
  }

  async #edit(): Promise<void> {
    const message = this.#present();
    if (message === undefined) return;
    message.text = this.#text();
    this.#append(message, [HEAD.edit, stampAt((this.#atMs += 1_000)), message.writer, message.clock, message.text]);
    await this.#store(message.chat, message.page, message.writer);
  }

  async #retract(): Promise<void> {
    const message = this.#present();
    if (message === undefined) return;
    message.isGone = true;
    this.#append(message, [HEAD.retraction, stampAt((this.#atMs += 1_000)), message.writer, message.clock]);
    // Mostly the server has erased it at once; here and there the retraction waits.
    if (this.#random.integer(0, 2) > 0) this.#stored.page(message.chat, message.page).erase(message);
    await this.#store(message.chat, message.page, message.writer);
  }

  #append({ chat, page, writer: by }: Written, tuple: Parameters<PageBuilder['append']>[1]): void {
    this.#stored.page(chat, page).append(by, tuple);
  }

  #present(): Written | undefined {
    const present = this.#written.filter(({ isGone }) => !isGone);
    return present.length === 0 ? undefined : this.#random.pick(present);
  }

  /** All that a writer has written arrives when it is written: where it would wait its time could be another one. */
  async #store(chat: ChatId, page: number, by: Writer): Promise<void> {
    this.#stored.page(chat, page).arrive(by, this.#atMs);
    if (this.#random.integer(0, 7) > 0) return this.#stored.store(chat, page);
    this.#isUntold = true;
    await this.#stored.storeUntold(chat, page);
  }

  async #list(chat: ChatId): Promise<void> {
    if (this.#listed.delete(chat)) return this.#stored.list(chat, 0);
    this.#listed.add(chat);
    await this.#stored.list(chat, PAGES);
  }

  async #restart(): Promise<void> {
    await this.#opened.stop();
    if (this.#random.integer(0, 2) === 0) await this.#damage();
    this.#toldBefore = this.#stored.told;
    this.#isUntold = false;
    this.#opened = openSearcher(this.#namespace);
  }

  /** Some of what is kept is not what was written, or a database is there without anything in it. */
  async #damage(): Promise<void> {
    const database = await openDB(searchDatabaseName(this.#namespace));
    const isOurs = database.objectStoreNames.contains('pages');
    for (const key of isOurs ? await database.getAllKeys('pages') : []) {
      if (this.#random.integer(0, 1) === 0) await database.put('pages', { newestMs: 1, format: 1, columns: {} }, key);
    }
    database.close();
  }

  #text(): string {
    return Array.from({ length: this.#random.integer(1, 4) }, () => this.#random.pick(WORDS)).join(' ');
  }
}

test('[SE20 SE21 SE22 SE23 SE24 SE25 SE30] it finds what a look at all present texts finds, whatever happens to them', async () => {
  let devices = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0 }), async (seed) => {
      const device = await Device.open(`oracle-${(devices += 1)}`, seededRandom(seed));
      for (let step = 0; step < 40; step += 1) await device.step();
      await device.close();
    }),
    { numRuns: 25, seed: 4 },
  );
});
