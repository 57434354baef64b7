/**
 * A writer is a Yjs clientID: `account number * 2^32 + random uint32`. It belongs to one account, lives for one document in one
 * running context (tab, service worker, bot) and is never resumed, so that no crash, restored backup or second tab can reuse a clock.
 */
declare const writerBrand: unique symbol;
declare const accountBrand: unique symbol;

/** 53-bit integer; also the Yjs clientID of everything that this writer appends. */
export type Writer = number & { readonly [writerBrand]: true };

/** Number of a person, bot or the server within one installation: 1 to 2^21 - 1. */
export type Account = number & { readonly [accountBrand]: true };

const RANDOM_RANGE = 2 ** 32;

/** Yjs' own random client ids are below 2^32 and would fall to account 0, which is therefore nobody's. */
export const FIRST_ACCOUNT = 1;
export const LAST_ACCOUNT = 2 ** 21 - 1;
export const SERVER_ACCOUNT = 1 as Account;

export const isAccount = (value: unknown): value is Account =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= FIRST_ACCOUNT && value <= LAST_ACCOUNT;

export const isWriter = (value: unknown): value is Writer =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= RANDOM_RANGE;

/** The writer of an account for 32 random bits; throws a RangeError for anything else, which is a bug of the caller. */
export function makeWriter(account: Account, random32: number): Writer {
  if (!isAccount(account)) throw new RangeError(`not an account: ${String(account)}`);
  if (!Number.isInteger(random32) || random32 < 0 || random32 >= RANDOM_RANGE) {
    throw new RangeError('not 32 random bits');
  }
  return (account * RANDOM_RANGE + random32) as Writer;
}

/** The account that a writer belongs to, by arithmetic, so that authorship holds offline too. */
export const accountOf = (writer: Writer): Account => Math.floor(writer / RANDOM_RANGE) as Account;
