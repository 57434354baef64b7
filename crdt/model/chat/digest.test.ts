import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChatBuilder, writer } from '../../../tests/support/chat-builder.ts';
import type { Tuple } from '../log/append.ts';
import { HEAD } from '../log/entry-kind.ts';
import { stampAt } from '../log/stamp.ts';
import { accountOf } from '../log/writer.ts';
import { digestPages, laterOf, latestOf, previewOf, type PageDigest, type PlacedLatest } from './digest.ts';
import { PageReader } from './page-reader.ts';
import { Timeline } from './timeline.ts';
import { countUnread, type Reader } from './unread.ts';

const ANNA = writer(2, 1);
const JONAS = writer(3, 1);
const T0 = Date.UTC(2026, 0, 1);
const at = (minute: number): number => T0 + minute * 60_000;
const message = (minute: number, text: string): Tuple => [HEAD.message, stampAt(at(minute)), text];
const jonas = (marker: number): Reader => ({ account: accountOf(JONAS), marker, joined: 0 });

function timelineOf(chat: ChatBuilder, pages = chat.pages): Timeline {
  const timeline = new Timeline();
  timeline.apply(...pages.map((page) => new PageReader(page.doc(), page.page).read()));
  return timeline;
}

/** Each page read by itself, as it is on a device where the chat is closed. */
function digestsOf(chat: ChatBuilder, reader: Reader): PageDigest[] {
  return chat.pages.flatMap((page) => [...digestPages(timelineOf(chat, [page]), [page.page], reader).values()]);
}

function beforeOf(chat: ChatBuilder, page: number): number {
  const reader = new PageReader(chat.page(page).doc(), page);
  reader.read();
  return reader.arrivals.before;
}

const latest = (digests: readonly PageDigest[]): PlacedLatest | undefined =>
  digests.map((digest) => digest.latest).reduce(laterOf, undefined);

test('[DG1] the newest message is the last of the timeline, with its author, time and whether the server has it', () => {
  const chat = new ChatBuilder();
  chat.page(1).append(ANNA, message(1, 'one'), message(2, 'two'));
  chat.page(1).arrive(ANNA, at(2));
  expect(latest(digestsOf(chat, jonas(0)))).toMatchObject({ author: 2, text: 'two', timeMs: at(2), sent: true });
  chat.page(1).append(JONAS, message(3, 'three'));
  expect(latest(digestsOf(chat, jonas(0)))).toMatchObject({ author: 3, text: 'three', timeMs: at(3), sent: false });
});

test('[DG1] a newer message that lies in an earlier page is the newest, and an empty page has none', () => {
  const chat = new ChatBuilder();
  chat.page(1).append(ANNA, message(9, 'by a device that knew no second page'));
  chat.page(2).append(JONAS, message(5, 'in the second'));
  expect(chat.page(3).entries).toEqual([]);
  const digests = digestsOf(chat, jonas(0));
  expect(latest(digests)?.text).toBe('by a device that knew no second page');
  expect(digests[2]?.latest).toBeUndefined();
});

test('[DG1] an edit, its waiting, and a retraction show in the newest message', () => {
  const chat = new ChatBuilder();
  const page = chat.page(1);
  page.append(ANNA, message(1, 'one'));
  const { writer: by, clock } = page.append(ANNA, message(2, 'two'));
  page.arrive(ANNA, at(2));
  page.append(ANNA, [HEAD.edit, stampAt(at(3)), by, clock, 'two, edited']);
  expect(latest(digestsOf(chat, jonas(0)))).toMatchObject({ text: 'two, edited', timeMs: at(2), sent: false });
  page.arrive(ANNA, at(3));
  expect(latest(digestsOf(chat, jonas(0)))).toMatchObject({ text: 'two, edited', sent: true });
  page.append(ANNA, [HEAD.retraction, stampAt(at(4)), by, clock]);
  expect(latest(digestsOf(chat, jonas(0)))?.text).toBe('one');
});

test('[DG1] of a long text the beginning is kept, never half a character', () => {
  expect(previewOf('short')).toBe('short');
  expect(previewOf('x'.repeat(300))).toHaveLength(200);
  expect(previewOf(`${'x'.repeat(199)}😀`)).toBe('x'.repeat(199));
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 250 }), (text) => previewOf(text).isWellFormed()));
});

test('[DG2] page by page, whatever was known before, newest message and unread are those of the whole timeline', () => {
  const entry = fc.record({
    by: fc.constantFrom(2, 3, 4),
    page: fc.integer({ min: 1, max: 3 }),
    minute: fc.nat(30),
    arrives: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 25 }), fc.nat(25), (entries, marker) => {
      const chat = new ChatBuilder();
      chat.page(3);
      const reader = jonas(marker);
      const known = new Map<number, PageDigest>();
      for (const [index, { by: account, page, minute, arrives }] of entries.entries()) {
        // A writer belongs to one document.
        const by = writer(account, page);
        chat.page(page).append(by, message(minute, `text ${index}`));
        if (arrives) chat.page(page).arrive(by, at(minute));
        const whole = timelineOf(chat);
        for (const [at_, digest] of digestPages(whole, [1, 2, 3], reader, (of) => known.get(of)))
          known.set(at_, digest);
        expect([
          ...digestPages(
            whole,
            [1, 2, 3],
            reader,
            () => undefined,
            (of) => beforeOf(chat, of),
          ).values(),
        ]).toEqual([...known.values()]);
        const closed = digestsOf(chat, reader);
        expect([...known.values()]).toEqual(closed);
        expect(latest(closed)).toEqual(latestOf(whole));
        expect(closed.reduce((sum, { unread }) => sum + unread, 0)).toBe(countUnread(whole.messages, reader));
      }
    }),
    { numRuns: 60 },
  );
});
