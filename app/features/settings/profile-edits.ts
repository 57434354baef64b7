/** What a person changes of themselves: the typed words lie over the stored ones until they are the same. */
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import type { Profile } from '../../../crdt/model/protocol/http.ts';

export const PROFILE_FIELDS = ['salutation', 'first', 'last', 'city', 'link'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];
/** Undefined: as stored. */
export type ProfileEdits = Readonly<Record<ProfileField, string | undefined>>;
export const NO_EDITS: ProfileEdits = {
  salutation: undefined,
  first: undefined,
  last: undefined,
  city: undefined,
  link: undefined,
};

export const storedValue = (person: Person, field: ProfileField): string => person[field] ?? '';

/** True when something would be saved. */
export const isEdited = (person: Person, edits: ProfileEdits): boolean =>
  PROFILE_FIELDS.some((field) => (edits[field]?.trim() ?? storedValue(person, field)) !== storedValue(person, field));

/** All that a person says of themselves, as it is sent: an empty line takes the fact away; absence and picture are not edited here. */
export function profileOf(person: Person, edits: ProfileEdits = NO_EDITS): Profile {
  const value = (field: ProfileField): string => (edits[field] ?? storedValue(person, field)).trim();
  const optional = (field: 'salutation' | 'city' | 'link'): Partial<Profile> =>
    value(field) === '' ? {} : { [field]: value(field) };
  return {
    first: value('first'),
    last: value('last'),
    visible: person.visible,
    ...optional('salutation'),
    ...optional('city'),
    ...optional('link'),
    ...(person.absence === undefined ? {} : { absence: person.absence }),
  };
}

/** Empty, or an address that a browser opens. */
export const isLink = (text: string): boolean =>
  text.trim() === '' || (/^https?:\/\//.test(text.trim()) && URL.canParse(text.trim()));
