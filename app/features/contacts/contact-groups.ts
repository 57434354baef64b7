import type { Person } from '../../../crdt/model/company/company-facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';

export interface ContactGroup {
  readonly letter: string;
  readonly accounts: readonly Account[];
}

/** Base letter of a name (Ä is A); '#' for what begins with none. */
function letterOf(name: string): string {
  const [first = ''] = name.trim().normalize('NFD').toLocaleUpperCase();
  return /\p{L}/u.test(first) ? first : '#';
}

/** By last name, then first, as the language sorts (Ä with A). */
function byLastName(locale: string): (one: Person, other: Person) => number {
  const collator = new Intl.Collator(locale, { numeric: true });
  return (one, other) => collator.compare(one.last, other.last) || collator.compare(one.first, other.first);
}

/** Active people other than oneself, by last name, then first, under the letters of their last names. */
export function contactGroups(
  people: ReadonlyMap<Account, Person>,
  me: Account,
  locale: string,
): readonly ContactGroup[] {
  const compare = byLastName(locale);
  const sorted = [...people]
    .filter(([account, person]) => account !== me && person.active)
    .toSorted(([, one], [, other]) => compare(one, other));
  const groups: { letter: string; accounts: Account[] }[] = [];
  for (const [account, person] of sorted) {
    const letter = letterOf(person.last);
    const group = groups.at(-1);
    if (group?.letter === letter) group.accounts.push(account);
    else groups.push({ letter, accounts: [account] });
  }
  return groups;
}
