import * as v from 'valibot';
import { ABSENCE, type Person } from '../../crdt/model/company/company-facts.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { Selectable } from 'kysely';
import type { PeopleTable } from './tables.ts';

/** What a person says about themselves. */
export type Profile = Omit<Person, 'admin' | 'active' | 'picture'>;

/** A person as the directory knows them. */
export interface DirectoryPerson {
  readonly account: Account;
  readonly company: CompanyId;
  /** The identity that signs in. */
  readonly user: string;
  readonly admin: boolean;
  readonly active: boolean;
  readonly joined: number;
  readonly profile: Profile;
  readonly picture: string | undefined;
}

export const profileRow = (profile: Profile) => ({
  first: profile.first,
  last: profile.last,
  salutation: profile.salutation ?? null,
  city: profile.city ?? null,
  link: profile.link ?? null,
  absence: profile.absence === undefined ? null : JSON.stringify(profile.absence),
  visible: profile.visible ? 1 : 0,
});

export function personOf(row: Selectable<PeopleTable>): DirectoryPerson {
  const absence = row.absence === null ? undefined : v.parse(ABSENCE, JSON.parse(row.absence));
  return {
    account: row.account as Account,
    company: row.company as CompanyId,
    user: row.user,
    admin: row.admin === 1,
    active: row.active === 1,
    joined: row.joined,
    picture: row.picture ?? undefined,
    profile: {
      first: row.first,
      last: row.last,
      ...(row.salutation === null ? {} : { salutation: row.salutation }),
      ...(row.city === null ? {} : { city: row.city }),
      ...(row.link === null ? {} : { link: row.link }),
      ...(absence === undefined ? {} : { absence }),
      visible: row.visible === 1,
    },
  };
}

/** The fact that the company's document states about a person. */
export const personFact = ({ profile, picture, admin, active }: DirectoryPerson): Person => ({
  ...profile,
  ...(picture === undefined ? {} : { picture }),
  admin,
  active,
});
