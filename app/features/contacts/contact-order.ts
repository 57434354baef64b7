/** Everybody one can write to, as the list of contacts shows them: sorted by the language, under letters. */
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { inTurns } from '../../reactive/in-turns.ts';

export interface ContactLetter {
  readonly letter: string;
  /** Where its people begin. */
  readonly first: number;
}

export interface ContactOrder {
  readonly accounts: readonly Account[];
  readonly letters: readonly ContactLetter[];
}

type Contact = readonly [account: Account, person: Person];

export interface ContactSource {
  readonly people: Iterable<Contact>;
  readonly me: Account;
  readonly locale: string;
}

/** For names that begin with no letter. */
const OTHER = '#';
const A = 0x41;
const Z = 0x5a;

/** Base letter of a name (Ä is A); '#' for what begins with none. */
export function letterOf(name: string): string {
  const code = name.charCodeAt(0);
  if (code >= A && code <= Z) return name.charAt(0);
  const [first = ''] = name.trim().normalize('NFD').toLocaleUpperCase();
  return /\p{L}/u.test(first) ? first : OTHER;
}

/** The letter's people, by last name, then first, as the language sorts. */
function sorted(contacts: readonly Contact[], collator: Intl.Collator): readonly Contact[] {
  return contacts.toSorted(
    ([, one], [, other]) => collator.compare(one.last, other.last) || collator.compare(one.first, other.first),
  );
}

/**
 * Active people other than oneself. Ten thousand names take a slow phone a quarter of a second, so it is done in turns; undefined when
 * it is not wanted any more.
 */
export async function orderContacts(
  { people, me, locale }: ContactSource,
  isWanted: () => boolean,
): Promise<ContactOrder | undefined> {
  const groups = new Map<string, Contact[]>();
  const gather = (contact: Contact): void => {
    const [account, person] = contact;
    if (account === me || !person.active) return;
    const letter = letterOf(person.last);
    const group = groups.get(letter);
    if (group === undefined) groups.set(letter, [contact]);
    else group.push(contact);
  };
  if (!(await inTurns(people, gather, isWanted))) return undefined;

  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'accent' });
  const accounts: Account[] = [];
  const letters: ContactLetter[] = [];
  const line = (letter: string): void => {
    letters.push({ letter, first: accounts.length });
    for (const [account] of sorted(groups.get(letter) ?? [], collator)) accounts.push(account);
  };
  if (!(await inTurns([...groups.keys()].toSorted(collator.compare), line, isWanted))) return undefined;
  return { accounts, letters };
}

/** The letter above a place in the list. */
export function letterAt({ letters }: ContactOrder, index: number): string | undefined {
  return letters.findLast(({ first }) => first <= index)?.letter;
}
