import { expect, test } from 'vitest';
import type { Json } from '../log/append.ts';
import type { Account } from '../log/writer.ts';
import { personKey } from './company-facts.ts';
import { PeopleReader } from './people-reader.ts';

const ANNA = 2 as Account;
const BEN = 3 as Account;
const fact = (first: string): Json => ({ first, last: 'Berger', admin: false, active: true });

test('[FA15] who has not changed stays the same object, and so does the map when nobody has', () => {
  const reader = new PeopleReader();
  const facts = new Map<string, Json>([
    [personKey(ANNA), fact('Anna')],
    [personKey(BEN), fact('Ben')],
  ]);
  const first = reader.read(facts);
  expect(reader.read(new Map(facts))).toBe(first);
  const second = reader.read(new Map(facts).set(personKey(BEN), fact('Benjamin')));
  expect(second.get(BEN)?.first).toBe('Benjamin');
  expect(second.get(ANNA)).toBe(first.get(ANNA));
  expect(first.get(BEN)?.first).toBe('Ben');
});

test('[FA15] who is gone, new, or not understood any more is noticed', () => {
  const reader = new PeopleReader();
  const anna = fact('Anna');
  const first = reader.read(new Map([[personKey(ANNA), anna]]));
  const both = reader.read(
    new Map([
      [personKey(ANNA), anna],
      [personKey(BEN), fact('Ben')],
    ]),
  );
  expect([[...first].length, [...both].length]).toEqual([1, 2]);
  const one = reader.read(
    new Map([
      [personKey(ANNA), anna],
      [personKey(BEN), 7],
    ]),
  );
  expect([...one].map(([account]) => account)).toEqual([ANNA]);
  expect(one.get(BEN)).toBeUndefined();
  expect([...reader.read(new Map())]).toEqual([]);
});
