/** The people of a company, read again and again: who has not changed stays the same object, and is parsed once. */
import type { Json } from '../log/append.ts';
import type { Account } from '../log/writer.ts';
import { accountOfPersonKey, parsePerson, type Person } from './company-facts.ts';

export class PeopleReader {
  /** By the fact's value, which stays the same object until the server writes the fact again. */
  readonly #parsed = new WeakMap<object, Person | false>();
  #people: ReadonlyMap<Account, Person> = new Map();

  /** All people; unknown data is left out. The same map as long as nobody has changed. */
  read(facts: ReadonlyMap<string, Json>): ReadonlyMap<Account, Person> {
    const people = new Map<Account, Person>();
    let same = true;
    for (const [key, value] of facts) {
      const account = accountOfPersonKey(key);
      const person = account === undefined ? undefined : this.#personOf(value);
      if (account === undefined || person === undefined) continue;
      people.set(account, person);
      same &&= this.#people.get(account) === person;
    }
    if (same && people.size === this.#people.size) return this.#people;
    this.#people = people;
    return people;
  }

  #personOf(value: Json): Person | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    let person = this.#parsed.get(value);
    if (person === undefined) {
      person = parsePerson(value) ?? false;
      this.#parsed.set(value, person);
    }
    return person === false ? undefined : person;
  }
}
