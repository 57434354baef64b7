/**
 * What a chat of 100,000 messages weighs on the server's disk after compaction, against its bare text: 30 people over two years, each
 * with several running apps after one another, 10 % reactions, 3 % edits, all with their arrivals.
 */
import * as Y from 'yjs';
import { ARRIVALS_ROOT, encodeAppend, logRoot, type Tuple } from '../../crdt/model/log/append.ts';
import type { Place } from '../../crdt/model/log/entry-id.ts';
import { encodeServerHeader } from '../../crdt/model/log/server-log.ts';
import { nextStamp, type Stamp } from '../../crdt/model/log/stamp.ts';
import { makeWriter, SERVER_ACCOUNT, type Account, type Writer } from '../../crdt/model/log/writer.ts';
import { encodeArrival } from '../../crdt/model/chat/arrivals.ts';
import { encodeChatEntry, type ChatEntry } from '../../crdt/model/chat/entry.ts';
import { PageReader } from '../../crdt/model/chat/page-reader.ts';
import { isPageFull } from '../../crdt/model/chat/pages.ts';
import { Timeline } from '../../crdt/model/chat/timeline.ts';
import { createCorpus } from '../support/corpus.ts';
import { printTable } from '../support/figures.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom, type Random } from '../support/random.ts';

const MESSAGES = 100_000;
const PEOPLE = 30;
const REACTED = 0.1;
const EDITED = 0.03;
/** Written without network, several at once, stored when it is back. */
const OFFLINE = 0.05;
const START_MS = Date.UTC(2024, 10, 1);
const HOUR_MS = 3_600_000;
/** Two years in bursts of some messages, minutes apart. */
const BETWEEN_BURSTS_MS = (2 * 365 * 24 * HOUR_MS) / (MESSAGES / 4);
/** The bound of the performance budget. */
const AT_MOST = 1.45;

/** How long an app runs before it is closed or thrown out of memory: an open tab in the office, or a phone on the road. */
const lifeMs = (random: Random): number =>
  random.chance(0.6) ? random.integer(8, 72) * HOUR_MS : random.integer(1, 8) * HOUR_MS;

/** A few write much, most write little. */
const author = (random: Random): Account => (2 + Math.floor(PEOPLE * random.unit() ** 2)) as Account;

interface App {
  readonly writer: Writer;
  readonly untilMs: number;
  next: number;
  reached: number;
  index: number | undefined;
}

/** One page as the server fills it. */
class Page {
  readonly doc = new Y.Doc();
  readonly #random: Random;
  readonly #server: Writer;
  readonly #apps = new Map<Account, App>();
  #end: { number: number; timeMs: number };
  #written = 1;
  #indexes = 0;
  entries = 0;
  writers = 0;

  constructor(random: Random, number: number, timeMs: number) {
    this.#random = random;
    this.#server = makeWriter(SERVER_ACCOUNT, random.uint32());
    this.#end = { number, timeMs };
    const header = encodeServerHeader({ previous: undefined, number, timeMs });
    Y.applyUpdate(this.doc, encodeAppend(ARRIVALS_ROOT, this.#server, 0, [header]));
  }

  get isFull(): boolean {
    return isPageFull(this);
  }

  /** Entries of one person that the server stores together; tells where the first one lies. */
  write(account: Account, entries: readonly ChatEntry[], nowMs: number, number: number): Place {
    let app = this.#apps.get(account);
    if (app === undefined || app.untilMs < nowMs) {
      const untilMs = nowMs + lifeMs(this.#random);
      app = { writer: makeWriter(account, this.#random.uint32()), untilMs, next: 0, reached: 0, index: undefined };
      this.#apps.set(account, app);
      this.writers += 1;
    }
    const { writer, next: from } = app;
    const timeMs = Math.max(this.#end.timeMs, nowMs + this.#random.integer(30, 400));
    const run = { writer, from, to: from + entries.length, number, timeMs };
    const arrival: Tuple = encodeArrival(this.#end, app, run);
    Y.applyUpdate(this.doc, encodeAppend(logRoot(writer), writer, from, entries.map(encodeChatEntry)));
    Y.applyUpdate(this.doc, encodeAppend(ARRIVALS_ROOT, this.#server, this.#written, [arrival]));
    this.#written += 1;
    app.index ??= this.#indexes++;
    app.next = app.reached = run.to;
    this.#end = { number, timeMs };
    this.entries += entries.length;
    return { writer, clock: from };
  }
}

interface Chat {
  readonly pages: readonly Page[];
  /** Final texts of the messages, sorted. */
  readonly texts: readonly string[];
  readonly rawBytes: number;
}

const sizeBytes = (text: string): number => Buffer.byteLength(text, 'utf8');

function build(random: Random): Chat {
  const corpus = createCorpus(random.fork('texts'));
  const pages: Page[] = [];
  const final = new Map<string, string>();
  let nowMs = START_MS;
  let number = 0;
  let stamp: Stamp | undefined;
  let rawBytes = 0;
  let written = 0;

  const put = (page: Page, account: Account, entries: readonly ChatEntry[]): Place => {
    number += entries.length;
    return page.write(account, entries, nowMs, number);
  };
  const stamped = (): Stamp => (stamp = nextStamp(nowMs, stamp, false));

  while (written < MESSAGES) {
    nowMs += Math.floor(-Math.log(1 - random.unit()) * BETWEEN_BURSTS_MS);
    const people = [author(random), author(random), author(random)];
    for (let left = random.integer(1, 7); left > 0 && written < MESSAGES;) {
      nowMs += random.integer(5, 240) * 1_000;
      let page = pages.at(-1);
      if (page === undefined || page.isFull) pages.push((page = new Page(random, number, nowMs)));
      const account = random.pick(people);
      const count = Math.min(MESSAGES - written, random.chance(OFFLINE) ? random.integer(2, 6) : 1);
      const texts = Array.from({ length: count }, () => corpus.message());
      const messages = texts.map((text): ChatEntry => ({ kind: 'message', stamp: stamped(), text, first: undefined }));
      const first = put(page, account, messages);
      written += count;
      left -= count;
      for (const [index, text] of texts.entries()) {
        const target = { writer: first.writer, clock: first.clock + index };
        const id = `${target.writer}.${target.clock}`;
        final.set(id, text);
        rawBytes += sizeBytes(text);
        nowMs += 1_000;
        if (random.chance(EDITED)) {
          const edit = corpus.message();
          put(page, account, [{ kind: 'edit', stamp: stamped(), target, text: edit, first: undefined }]);
          final.set(id, edit);
          rawBytes += sizeBytes(edit);
        }
        if (random.chance(REACTED)) {
          const emoji = random.pick(['👍', '🎉', '❤️', '😂', '🙏']);
          put(page, author(random), [{ kind: 'reaction', stamp: stamped(), target, emoji, first: undefined }]);
        }
      }
    }
  }
  return { pages, texts: [...final.values()].sort(), rawBytes };
}

export async function bench(): Promise<Measurement> {
  const chat = build(seededRandom(11));
  const states = chat.pages.map((page) => Y.encodeStateAsUpdate(page.doc));
  const storedBytes = states.reduce((sum, state) => sum + state.length, 0);

  // What was stored is the whole chat: read back from the bytes alone.
  const timeline = new Timeline();
  for (const [index, state] of states.entries()) {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    timeline.apply(new PageReader(doc, index + 1).read());
  }
  const read = timeline.messages.map((message) => message.text).sort();
  const complete =
    timeline.messages.every((message) => message.arrival !== undefined) &&
    read.length === chat.texts.length &&
    read.every((text, index) => text === chat.texts[index]);

  const entries = chat.pages.reduce((sum, page) => sum + page.entries, 0);
  const writers = chat.pages.reduce((sum, page) => sum + page.writers, 0);
  const ratio = storedBytes / chat.rawBytes;
  const figures = {
    messages: timeline.messages.length,
    entries,
    pages: chat.pages.length,
    writers,
    writersPerPage: writers / chat.pages.length,
    rawTextBytes: chat.rawBytes,
    storedBytes,
    overheadBytesPerEntry: (storedBytes - chat.rawBytes) / entries,
    ratio,
    atMost: AT_MOST,
    complete,
  };
  printTable('Stored size of a chat, compacted, against its bare text', [
    ['figure', 'value'],
    ...Object.entries(figures),
  ]);
  return { name: 'stored-size', pass: complete && ratio <= AT_MOST, figures };
}
