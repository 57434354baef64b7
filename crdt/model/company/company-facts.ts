/** Keys and values of a company's document: its people and profiles. */
import * as v from 'valibot';
import type { Json } from '../log/append.ts';
import { isAccount, type Account } from '../log/writer.ts';

export const COMPANY_KEY = 'company';
export const personKey = (account: Account): string => `person/${account}`;

const LINE = v.pipe(v.string(), v.maxLength(200));
const LINK = v.pipe(v.string(), v.maxLength(500), v.regex(/^https?:\/\//));

export const COMPANY = v.object({ name: v.pipe(LINE, v.trim(), v.minLength(1)) });
export type Company = Readonly<v.InferOutput<typeof COMPANY>>;

export const ABSENCE = v.object({
  kind: v.picklist(['appointment', 'not-at-work', 'away']),
  text: LINE,
  fromMs: v.number(),
  untilMs: v.number(),
});

/** Names a picture by its content; see GET /api/pictures/<picture>. */
export const PICTURE_HASH = v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/));

export const PERSON = v.object({
  first: LINE,
  last: LINE,
  salutation: v.optional(LINE),
  city: v.optional(LINE),
  /** Meeting link. */
  link: v.optional(LINK),
  picture: v.optional(PICTURE_HASH),
  absence: v.optional(ABSENCE),
  /** Visible in search to other companies; true unless switched off. */
  visible: v.optional(v.boolean(), true),
  admin: v.boolean(),
  active: v.boolean(),
});
export type Person = Readonly<v.InferOutput<typeof PERSON>>;

/** The company itself; undefined before the server has written it. */
export function companyOf(facts: ReadonlyMap<string, Json>): Company | undefined {
  const company = v.safeParse(COMPANY, facts.get(COMPANY_KEY));
  return company.success ? company.output : undefined;
}

/** The person that a fact's value describes; undefined when it is not understood. */
export function parsePerson(value: Json | undefined): Person | undefined {
  const person = v.safeParse(PERSON, value);
  return person.success ? person.output : undefined;
}

/** Whom a fact is about; undefined for facts that are about nobody. */
export function accountOfPersonKey(key: string): Account | undefined {
  const account = Number(/^person\/([1-9]\d{0,6})$/.exec(key)?.[1]);
  return isAccount(account) ? account : undefined;
}
