import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf, isAccount, isWriter, LAST_ACCOUNT, makeWriter, type Account } from './writer.ts';

const account = fc.integer({ min: 1, max: LAST_ACCOUNT }).map((value) => value as Account);
const random32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('[WR1] a writer is a safe integer that names its account', () => {
  fc.assert(
    fc.property(account, random32, (own, bits) => {
      const writer = makeWriter(own, bits);
      expect(isWriter(writer)).toBe(true);
      expect(accountOf(writer)).toBe(own);
    }),
  );
});

test('[WR1] the greatest writer is the greatest clientID', () => {
  expect(makeWriter(LAST_ACCOUNT as Account, 2 ** 32 - 1)).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([0, 1.5, -1, LAST_ACCOUNT + 1, Number.NaN, '1', null, undefined])('[WR1] %s is no account', (value) => {
  expect(isAccount(value)).toBe(false);
  expect(() => makeWriter(value as Account, 0)).toThrow(RangeError);
});

test.each([0, 2 ** 32 - 1, 2 ** 53, 2 ** 32 + 0.5, '4294967296'])('[WR1] %s is no writer', (value) => {
  expect(isWriter(value)).toBe(false);
});

test.each([-1, 2 ** 32, 0.5, Number.NaN])('[WR1] %s are not 32 random bits', (bits) => {
  expect(() => makeWriter(7 as Account, bits)).toThrow(RangeError);
});
