import { expect, test } from 'vitest';
import { writer } from '../../../tests/support/chat-builder.ts';
import { ANNA, CHAT, holds, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { answerOf, phraseOf, searchers, textsFound } from '../../../tests/support/open-searcher.ts';
import { edit, retract, say, T0 } from '../../../tests/support/page-talk.ts';
import { storedDevices } from '../../../tests/support/stored-chats.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import type { Account } from '../../model/log/writer.ts';
import { privateChatId } from '../../model/protocol/document-name.ts';
import type { AppendOutcome } from '../contract.ts';

const openDevice = offlineDevices();
const openSearcher = searchers();
const stored = storedDevices();
const OTHER = privateChatId(ANNA, 7 as Account);

const idOf = (outcome: AppendOutcome) => {
  if (outcome.kind !== 'waiting') throw new Error(outcome.kind);
  return outcome.id;
};

test('[SE20] every message on the device is found by its present text, with chat, page, author, time and text as written', async () => {
  const chats = await stored('all-of-it');
  await chats.list(CHAT, 2);
  const first = say(chats.page(CHAT), 'Die  Haustür\nklemmt');
  edit(chats.page(CHAT), say(chats.page(CHAT), 'Die Haustür quietscht'), 'Die Kellertür quietscht');
  retract(chats.page(CHAT), say(chats.page(CHAT), 'Die Haustür ist weg'));
  await chats.store(CHAT);
  say(chats.page(CHAT, 2), 'Neue Haustür', T0 + 3_600_000);
  await chats.store(CHAT, 2);
  const { searcher } = openSearcher('all-of-it');
  await searcher.settled();
  const { messages } = await answerOf(searcher, 'haustür');
  expect(messages.map(({ page, text }) => [page, text])).toEqual([
    [2, 'Neue Haustür'],
    [1, 'Die  Haustür\nklemmt'],
  ]);
  expect(messages[1]).toEqual({
    id: `${first.writer}.${first.clock}`,
    chat: CHAT,
    page: 1,
    author: 6,
    timeMs: T0,
    text: 'Die  Haustür\nklemmt',
  });
  expect(await textsFound(searcher, 'tür', { kind: 'inside' })).toHaveLength(3);
});

test('[SE20 SE23] own messages that wait are found, edited and taken back, from whichever tab', async () => {
  const replica = await openDevice('own');
  const { searcher } = openSearcher('own');
  await searcher.settled();
  const view = await replica.openChat(CHAT);
  const id = idOf(await view.append({ kind: 'message', text: 'morgen um acht' }));
  await expect.poll(() => textsFound(searcher, 'um acht')).toEqual(['morgen um acht']);
  await view.append({ kind: 'edit', target: id, text: 'morgen um neun' });
  await expect.poll(() => textsFound(searcher, 'um neun')).toEqual(['morgen um neun']);
  expect(await textsFound(searcher, 'um acht')).toEqual([]);
  await view.append({ kind: 'retraction', target: id });
  await expect.poll(() => textsFound(searcher, 'morgen')).toEqual([]);
});

test('[SE20] a message that was sent again is found once, under its id', async () => {
  const chats = await stored('again');
  await chats.list(CHAT, 2);
  const place = say(chats.page(CHAT), 'einmal');
  await chats.store(CHAT);
  const again = writer(6, 2);
  chats.page(CHAT, 2).append(again, [HEAD.message, stampAt(T0), 'einmal', { first: [place.writer, place.clock] }]);
  chats.page(CHAT, 2).arrive(again, T0);
  await chats.store(CHAT, 2);
  const { searcher } = openSearcher('again');
  await searcher.settled();
  const { messages } = await answerOf(searcher, 'einmal');
  expect(messages.map(({ id }) => id)).toEqual([`${place.writer}.${place.clock}`]);
});

test('[SE26] the newest are answered, no more than asked for, of the chat, author and time that were asked for', async () => {
  const chats = await stored('scopes');
  for (const chat of [CHAT, OTHER]) {
    await chats.list(chat);
    for (let index = 0; index < 100; index += 1) {
      say(chats.page(chat), `Zeile ${index}`, T0 + index * 1_000, writer(6 + (index % 2), 1));
    }
    await chats.store(chat);
  }
  const { searcher } = openSearcher('scopes');
  await searcher.settled();
  const few = await answerOf(searcher, 'zeile', { scope: { chat: OTHER }, limit: 3 });
  expect(few.messages.map(({ chat, text }) => [chat, text])).toEqual([99, 98, 97].map((at) => [OTHER, `Zeile ${at}`]));
  expect(few.more).toBe(true);
  const scope = { author: 7 as Account, fromMs: T0 + 50_000, untilMs: T0 + 60_000 };
  const narrowed = await answerOf(searcher, 'zeile', { scope });
  expect(narrowed.more).toBe(false);
  expect(narrowed.messages.map(({ author }) => author)).toEqual(Array.from({ length: 10 }, () => 7));
});

test('[SE26] a search that was given up answers nothing', async () => {
  const chats = await stored('given-up');
  await chats.list(CHAT);
  say(chats.page(CHAT), 'irgendwas');
  await chats.store(CHAT);
  const { searcher } = openSearcher('given-up');
  await searcher.settled();
  const asked = { kind: 'word-start', scope: {}, limit: 50 } as const;
  expect(await searcher.search(phraseOf('irgend'), asked, AbortSignal.abort())).toBeUndefined();
  const giving = new AbortController();
  const answer = searcher.search(phraseOf('irgend'), asked, giving.signal);
  giving.abort();
  expect(await answer).toBeUndefined();
});

test('[SE27] it says how many messages are searched, since when everything is, and what is missing', async () => {
  const chats = await stored('coverage');
  await chats.list(CHAT, 3);
  await chats.list(OTHER);
  say(chats.page(CHAT), 'älteste', T0);
  say(chats.page(CHAT, 3), 'neue', T0 + 3_000);
  say(chats.page(CHAT, 3), 'neueste', T0 + 4_000);
  say(chats.page(OTHER), 'anderswo', T0 + 1_000);
  await chats.store(CHAT, 1);
  await chats.store(CHAT, 3);
  await chats.store(OTHER);
  const { searcher } = openSearcher('coverage');
  expect(searcher.state.get()).toMatchObject({ known: false, messages: 0, sinceMs: undefined });
  await searcher.settled();
  expect(searcher.state.get()).toEqual({
    known: true,
    messages: 4,
    sinceMs: T0 + 3_000,
    toRead: 0,
    missing: 1,
    problem: { kind: 'ok' },
  });
  const { coverage } = await answerOf(searcher, 'anderswo', { scope: { chat: OTHER } });
  expect(coverage).toEqual({ known: true, messages: 1, sinceMs: T0 + 1_000, toRead: 0, missing: 0 });
  say(chats.page(CHAT, 2), 'mittlere', T0 + 2_000);
  await chats.store(CHAT, 2);
  expect(await holds(searcher.state, ({ missing }) => missing === 0)).toMatchObject({ messages: 5, sinceMs: T0 });
});
