import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ACCEPT_INVITATION, CATCH_UP, CAUGHT_UP, ERROR_BODY, PROFILE, SETUP, STORED_ENTRIES } from './http.ts';

const person = { email: 'Anna@Example.com ', password: 'correct horse', first: ' Anna ', last: 'Berger' };
const passes = (schema: v.GenericSchema, value: unknown): boolean => v.safeParse(schema, value).success;

test('[NM6] what a person types is trimmed, and addresses are lower case', () => {
  expect(v.parse(ACCEPT_INVITATION, person)).toEqual({ ...person, email: 'anna@example.com', first: 'Anna' });
});

test.each<[string, object]>([
  ['no address', { email: 'anna' }],
  ['a short password', { password: 'short' }],
  ['an empty name', { first: '  ' }],
  ['a name without end', { last: 'x'.repeat(101) }],
  ['a member too many', { admin: true }],
])('[NM6] %s is refused', (_, change) => {
  expect(passes(ACCEPT_INVITATION, { ...person, ...change })).toBe(false);
  expect(passes(SETUP, { code: '1234', company: 'Berger', ...person, ...change })).toBe(false);
});

test('[NM6] a profile holds no rights and no scripts', () => {
  const profile = { first: 'Anna', last: 'Berger', link: 'https://meet.example/a' };
  expect(v.parse(PROFILE, profile)).toEqual({ ...profile, visible: true });
  expect(passes(PROFILE, { ...profile, admin: true })).toBe(false);
  expect(passes(PROFILE, { ...profile, link: 'javascript:alert(1)' })).toBe(false);
});

test('[NM7] catch-up goes by a cursor of whole numbers and tells heads of documents', () => {
  expect(passes(CATCH_UP, { since: 0, epoch: 'e' })).toBe(true);
  expect(passes(CATCH_UP, { since: -1, epoch: 'e' })).toBe(false);
  expect(passes(CATCH_UP, { since: 0.5, epoch: 'e' })).toBe(false);
  expect(passes(CAUGHT_UP, { epoch: 'e', cursor: 9, heads: [['chat/i-1', 3, 9]] })).toBe(true);
  expect(passes(CAUGHT_UP, { epoch: 'e', cursor: 9, heads: [['etc/passwd', 3, 9]] })).toBe(false);
});

test('[NM8] stored entries and errors have one form', () => {
  expect(passes(STORED_ENTRIES, { arrivals: [[2 ** 33, 0, 2, 7, 1_700_000_000_000]] })).toBe(true);
  expect(passes(STORED_ENTRIES, { arrivals: [[7, 0, 2, 7, 1]] })).toBe(false);
  expect(passes(ERROR_BODY, { code: 'signed-out', message: 'no session' })).toBe(true);
  expect(passes(ERROR_BODY, { code: 'signed-out', message: 'wiped', wipe: true })).toBe(true);
  expect(passes(ERROR_BODY, { code: 'oops', message: '' })).toBe(false);
});
