import { expect, test } from 'vitest';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { contactGroups } from './contact-groups.ts';

const person = (first: string, last: string, active = true): Person => ({
  first,
  last,
  visible: true,
  admin: false,
  active,
});
const ME = 2 as Account;

test('[P2] colleagues stand under their letters by last name, then first; Ä sorts with A', () => {
  const people = new Map<Account, Person>([
    [ME, person('Ich', 'Selbst')],
    [3 as Account, person('Zoe', 'Bauer')],
    [4 as Account, person('Uwe', 'Äcker')],
    [5 as Account, person('Anna', 'Bauer')],
    [6 as Account, person('Ida', 'Azzoni')],
    [7 as Account, person('Weg', 'Gegangen', false)],
    [8 as Account, person('Nr.', '42')],
  ]);
  expect(contactGroups(people, ME, 'de')).toEqual([
    { letter: '#', accounts: [8] },
    { letter: 'A', accounts: [4, 6] },
    { letter: 'B', accounts: [5, 3] },
  ]);
});
