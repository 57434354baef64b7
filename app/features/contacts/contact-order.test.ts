import { expect, test } from 'vitest';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { letterAt, orderContacts, type ContactOrder } from './contact-order.ts';

const person = (first: string, last: string, active = true): Person => ({
  first,
  last,
  visible: true,
  admin: false,
  active,
});
const ME = 2 as Account;
const order = (...people: readonly (readonly [number, Person])[]): Promise<ContactOrder | undefined> =>
  orderContacts(
    { people: people.map(([account, one]) => [account as Account, one]), me: ME, locale: 'de' },
    () => true,
  );

test('[P2] colleagues stand under their letters by last name, then first; Ä sorts with A, and what begins with no letter under #', async () => {
  const contacts = await order(
    [ME, person('Ich', 'Selbst')],
    [3, person('Zoe', 'Bauer')],
    [4, person('Uwe', 'Äcker')],
    [5, person('Anna', 'Bauer')],
    [6, person('Ida', 'Azzoni')],
    [7, person('Weg', 'Gegangen', false)],
    [8, person('Nr.', '42')],
    [9, person('Klein', 'bauer')],
  );
  expect(contacts).toEqual({
    accounts: [8, 4, 6, 5, 9, 3],
    letters: [
      { letter: '#', first: 0 },
      { letter: 'A', first: 1 },
      { letter: 'B', first: 3 },
    ],
  });
  if (contacts === undefined) return;
  expect([0, 1, 2, 3, 5].map((index) => letterAt(contacts, index))).toEqual(['#', 'A', 'A', 'B', 'B']);
});

test('[P2] an order that nobody wants any more is given up', async () => {
  const people: [Account, Person][] = Array.from({ length: 20_000 }, (_, at) => [
    (at + 3) as Account,
    person('Anna', `Weber${at}`),
  ]);
  expect(await orderContacts({ people, me: ME, locale: 'de' }, () => false)).toBeUndefined();
});
