import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../log/writer.ts';
import { deliveryOf, NO_RECEIPTS, receiptsOfPeople, withoutReading, type Receipts, type Step } from './receipts.ts';

const BEN = 3 as Account;
const CLARA = 4 as Account;

test('[RC1] in a private chat a message is sent, then delivered, then read by the other person', () => {
  const receipts = receiptsOfPeople([[BEN, 9, 7]]);
  expect([6, 7, 8, 9, 10].map((number) => deliveryOf(number, receipts).state)).toEqual([
    'read',
    'read',
    'delivered',
    'delivered',
    'sent',
  ]);
});

test('[RC1] with several people it takes all of them, and each one is counted', () => {
  const receipts = receiptsOfPeople([
    [BEN, 9, 7],
    [CLARA, 8, 0],
  ]);
  expect(deliveryOf(7, receipts)).toEqual({ state: 'delivered', deliveredTo: 2, readBy: 1, of: 2 });
  expect(deliveryOf(9, receipts)).toEqual({ state: 'sent', deliveredTo: 1, readBy: 0, of: 2 });
});

test('[RC1] what somebody has read is delivered, also when that was never told', () => {
  expect(deliveryOf(5, receiptsOfPeople([[BEN, 0, 5]])).state).toBe('read');
});

test('[RC1] nothing is claimed where nothing is known', () => {
  expect(deliveryOf(1, NO_RECEIPTS)).toEqual({ state: 'sent', deliveredTo: 0, readBy: 0, of: 0 });
  expect(deliveryOf(1, { kind: 'counts', members: 0, delivered: [], read: [] }).state).toBe('sent');
});

test('[RC2] without reading, a message is delivered at most', () => {
  expect(deliveryOf(1, withoutReading(receiptsOfPeople([[BEN, 5, 5]]))).state).toBe('delivered');
  const counts: Receipts = { kind: 'counts', members: 1, delivered: [[5, 1]], read: [[5, 1]] };
  expect(deliveryOf(1, withoutReading(counts)).state).toBe('delivered');
});

/** Steps of some positions: all of them, or the newest only. */
function stepsOf(positions: readonly number[], most: number): Step[] {
  const numbers = [...new Set(positions)].toSorted((a, b) => b - a);
  return numbers.slice(0, most).map((at) => [at, positions.filter((position) => position >= at).length]);
}

test('[RC1] [RC3] counts say the same as people do, and less, never more, when they are cut short', () => {
  const person = fc.tuple(fc.nat(12), fc.nat(12));
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 8 }), fc.nat(13), fc.nat(4), (people, number, most) => {
      // A device that has told what it has is never behind what its person has read.
      const positions = people.map(([delivered, read]) => [Math.max(delivered, read), read] as const);
      const exact = deliveryOf(
        number,
        receiptsOfPeople(positions.map(([delivered, read], index) => [(index + 3) as Account, delivered, read])),
      );
      const counts = (steps: number): Receipts => ({
        kind: 'counts',
        members: people.length,
        delivered: stepsOf(
          positions.map(([delivered]) => delivered),
          steps,
        ),
        read: stepsOf(
          positions.map(([, read]) => read),
          steps,
        ),
      });
      expect(deliveryOf(number, counts(100))).toEqual(exact);
      const cut = deliveryOf(number, counts(most));
      expect(cut.readBy).toBeLessThanOrEqual(exact.readBy);
      expect(cut.deliveredTo).toBeLessThanOrEqual(exact.deliveredTo);
    }),
  );
});
