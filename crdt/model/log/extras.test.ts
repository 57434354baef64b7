import { expect, test } from 'vitest';
import type { Json } from './append.ts';
import { encodeFirst, readFirst } from './extras.ts';
import { makeWriter, type Account } from './writer.ts';

const place = { writer: makeWriter(7 as Account, 1), clock: 5 };

test('[WR7] the first place of an entry that is sent again is read as it was written', () => {
  expect(readFirst(encodeFirst(place))).toEqual(place);
});

test.each<readonly [Json | undefined]>([
  [undefined],
  [null],
  ['first'],
  [{}],
  [[place.writer, 5]],
  [{ first: null }],
  [{ first: [place.writer] }],
  [{ first: [place.writer, 5, 1] }],
  [{ first: [5, 5] }],
  [{ first: [place.writer, -1] }],
  [{ first: [place.writer, 5], more: true }],
  [{ last: [place.writer, 5] }],
])('[WR7] other extras are none: %j', (extras) => {
  expect(readFirst(extras)).toBeNull();
});
