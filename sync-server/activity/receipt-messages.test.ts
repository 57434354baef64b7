import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../crdt/model/log/writer.ts';
import {
  encodeStateless,
  parseFromServer,
  RECEIPT_PEOPLE,
  RECEIPT_STEPS,
} from '../../crdt/model/protocol/stateless.ts';
import type { Position } from './positions.ts';
import { ChatReceipts, stepsOf, type Member } from './receipt-messages.ts';

const account = (number: number): Account => (number + 2) as Account;
const member = (number: number, more: Partial<Member> = {}): Member => ({
  account: account(number),
  joined: 0,
  isSilent: false,
  ...more,
});
const position = (number: number, delivered: number, read: number): Position => ({
  account: account(number),
  delivered,
  read,
});
const [ANNA, BEN, CARLA] = [account(0), account(1), account(2)];

test('[SV101] in a small chat each is told how far every other has got, and nobody else', () => {
  const receipts = new ChatReceipts(
    [member(0), member(1), member(2)],
    [position(0, 9, 9), position(1, 7, 5), position(77, 9, 9)],
  );
  expect(receipts.for(ANNA)).toEqual({
    kind: 'receipts',
    people: [
      [BEN, 7, 5],
      [CARLA, 0, 0],
    ],
  });
  expect(receipts.for(account(77))).toBeUndefined();
});

test('[SV101] what is read is delivered, and what came before somebody joined counts as both', () => {
  const receipts = new ChatReceipts([member(0), member(1), member(2, { joined: 40 })], [position(1, 3, 6)]);
  expect(receipts.for(ANNA)).toMatchObject({
    people: [
      [BEN, 6, 6],
      [CARLA, 40, 40],
    ],
  });
});

test.each([0, 30])(
  '[SV102] what is delivered does not give away what somebody with read receipts off has read, %i others beside',
  (many) => {
    const others = Array.from({ length: many }, (_, index) => member(10 + index));
    const told = (read: number) =>
      new ChatReceipts(
        [member(0), member(1, { isSilent: true, joined: 2 }), ...others],
        [position(0, 9, 9), position(1, 4, read)],
      ).for(ANNA);
    expect(told(9)).toEqual(told(0));
    expect(new ChatReceipts([member(0), member(1, { isSilent: true, joined: 2 })], []).for(ANNA)).toMatchObject({
      people: [[BEN, 2, 0]],
    });
  },
);

test('[SV102] who has switched read receipts off tells only what is delivered, and is told only that', () => {
  const receipts = new ChatReceipts(
    [member(0), member(1, { isSilent: true }), member(2)],
    [position(0, 9, 9), position(1, 8, 8), position(2, 7, 5)],
  );
  expect(receipts.for(ANNA)).toMatchObject({
    people: [
      [BEN, 8, 0],
      [CARLA, 7, 5],
    ],
  });
  expect(receipts.for(BEN)).toMatchObject({
    people: [
      [ANNA, 9, 0],
      [CARLA, 7, 0],
    ],
  });
});

test('[SV103] of a large chat counts are told, without the reader', () => {
  const members = Array.from({ length: RECEIPT_PEOPLE + 1 }, (_, index) => member(index));
  const receipts = new ChatReceipts(members, [position(0, 9, 9), position(1, 9, 4), position(2, 5, 0)]);
  expect(receipts.for(ANNA)).toEqual({
    kind: 'receipt-counts',
    members: RECEIPT_PEOPLE,
    delivered: [
      [9, 1],
      [5, 2],
    ],
    read: [[4, 1]],
  });
  expect(receipts.for(CARLA)).toMatchObject({
    delivered: [[9, 2]],
    read: [
      [9, 1],
      [4, 2],
    ],
  });
});

test('[SV103] who has switched read receipts off is told no counts of them', () => {
  const members = Array.from({ length: RECEIPT_PEOPLE + 1 }, (_, index) => member(index, { isSilent: index === 0 }));
  const receipts = new ChatReceipts(members, [position(0, 9, 9), position(1, 9, 4)]);
  expect(receipts.for(ANNA)).toMatchObject({ delivered: [[9, 1]], read: [] });
  expect(receipts.for(BEN)).toMatchObject({ delivered: [[9, 1]], read: [] });
});

/** What a reader makes of steps: the last one at or past the number. */
const countAt = (steps: readonly (readonly [number, number])[], number: number): number =>
  steps.findLast(([at]) => at >= number)?.[1] ?? 0;

test('[SV103] counts never claim more than is so, are exact for the newest and for all, and fit into a message', () => {
  const people = fc.array(fc.nat({ max: 200 }), { minLength: RECEIPT_PEOPLE + 1, maxLength: 120 });
  fc.assert(
    fc.property(people, fc.nat(), (numbers, chosen) => {
      const members = numbers.map((_, index) => member(index));
      const receipts = new ChatReceipts(
        members,
        numbers.map((number, index) => position(index, number, number)),
      );
      const reader = chosen % numbers.length;
      const told = receipts.for(account(reader));
      if (told?.kind !== 'receipt-counts') throw new Error('no counts');
      expect(parseFromServer(encodeStateless(told))).toEqual(told);
      const others = numbers.filter((_, index) => index !== reader);
      const exactFrom = others.toSorted((a, b) => b - a)[RECEIPT_STEPS - 4] ?? 0;
      const wrong = Array.from({ length: 201 }, (_, index) => index + 1).filter((number) => {
        const really = others.filter((one) => one >= number).length;
        const claimed = countAt(told.delivered, number);
        return claimed > really || (claimed < really && (number >= exactFrom || really === others.length));
      });
      expect(wrong).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('[SV103] steps fall by number, rise by count, and nobody stands at zero', () => {
  expect(stepsOf([0, 5, 5, 9, 0])).toEqual([
    [9, 1],
    [5, 3],
  ]);
  expect(stepsOf([0, 0])).toEqual([]);
  const many = stepsOf(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(many).toHaveLength(RECEIPT_STEPS);
  expect(many.at(-1)).toEqual([1, 100]);
});
