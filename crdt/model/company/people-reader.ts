/**
 * The people of a company, read again and again: who has not changed stays the same object. Each is parsed when first asked for: a
 * company has up to 10,000, and a start needs the twenty on the screen.
 */
import type { Json } from '../log/append.ts';
import type { Account } from '../log/writer.ts';
import { accountOfPersonKey, parsePerson, type Person } from './company-facts.ts';

/** Everybody whose fact is understood; unknown data is left out. */
export interface People {
  get(account: Account): Person | undefined;
  values(): IterableIterator<Person>;
  [Symbol.iterator](): IterableIterator<readonly [Account, Person]>;
}

export const NOBODY: People = peopleOf(new Map(), () => undefined);

export class PeopleReader {
  /** By the fact's value, which stays the same object until the server writes the fact again. */
  readonly #parsed = new WeakMap<object, Person | false>();
  #facts: ReadonlyMap<Account, Json> = new Map();
  #people = NOBODY;

  /** The same object as long as nobody has changed. */
  read(facts: ReadonlyMap<string, Json>): People {
    const present = new Map<Account, Json>();
    let same = true;
    for (const [key, value] of facts) {
      const account = accountOfPersonKey(key);
      if (account === undefined) continue;
      present.set(account, value);
      same &&= this.#facts.get(account) === value;
    }
    if (same && present.size === this.#facts.size) return this.#people;
    this.#facts = present;
    this.#people = peopleOf(present, (value) => this.#personOf(value));
    return this.#people;
  }

  #personOf(value: Json | undefined): Person | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    let person = this.#parsed.get(value);
    if (person === undefined) {
      person = parsePerson(value) ?? false;
      this.#parsed.set(value, person);
    }
    return person === false ? undefined : person;
  }
}

function peopleOf(
  facts: ReadonlyMap<Account, Json>,
  personOf: (value: Json | undefined) => Person | undefined,
): People {
  function* entries(): Generator<readonly [Account, Person]> {
    for (const [account, value] of facts) {
      const person = personOf(value);
      if (person !== undefined) yield [account, person];
    }
  }
  return {
    get: (account) => personOf(facts.get(account)),
    *values() {
      for (const [, person] of entries()) yield person;
    },
    [Symbol.iterator]: entries,
  };
}
