import { expect, test } from 'vitest';
import type { Json } from '../log/append.ts';
import { chatTitle, latestPage, pageKey, participantKey, participants, TITLE_KEY } from './chat-facts.ts';
import type { Account } from '../log/writer.ts';

const facts = (entries: Record<string, Json>): ReadonlyMap<string, Json> => new Map(Object.entries(entries));

test('[PG3] the latest page is the greatest one that the facts name, whatever else they hold', () => {
  expect(latestPage(facts({}))).toBe(1);
  expect(latestPage(facts({ [pageKey(2)]: true, [pageKey(10)]: true, [pageKey(9)]: true }))).toBe(10);
  expect(latestPage(facts({ 'page/5': false, 'page/06': true, 'page/x': true, page: true }))).toBe(1);
});

test('[FA5] title and participants are read; what is not understood is left out', () => {
  expect(chatTitle(facts({ [TITLE_KEY]: 'Lindenstraße' }))).toBe('Lindenstraße');
  expect(chatTitle(facts({ [TITLE_KEY]: 7 }))).toBeUndefined();
  expect(
    participants(
      facts({
        [participantKey(7 as Account)]: { right: 'editor', since: 2030 },
        'participant/8': { right: 'emperor' },
        'participant/0': { right: 'user' },
        'participant/9': null,
      }),
    ),
  ).toEqual(new Map([[7, 'editor']]));
});
