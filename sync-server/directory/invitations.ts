/** Invitations: one use, seven days, revocable. The token is never stored; it follows from the installation's secret and the command. */
import { createHash, createHmac } from 'node:crypto';
import type { Compilable } from 'kysely';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { ServerLimits } from '../limits.ts';
import type { Directory, NewPerson } from './directory.ts';
import type { DirectoryPerson } from './person.ts';
import { build } from './statements.ts';

export interface OpenInvitation {
  readonly invitation: string;
  readonly company: CompanyId;
  readonly expiresMs: number;
}

export type Invited =
  | { readonly kind: 'invited'; readonly invitation: OpenInvitation; readonly token: string }
  | { readonly kind: 'too-many' };

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export class Invitations {
  readonly #directory: Directory;
  readonly #secret: string;
  readonly #limits: Pick<ServerLimits, 'invitationMs' | 'openInvitations'>;
  readonly #nowMs: () => number;

  constructor(
    directory: Directory,
    secret: string,
    limits: Pick<ServerLimits, 'invitationMs' | 'openInvitations'>,
    nowMs: () => number,
  ) {
    this.#directory = directory;
    this.#secret = secret;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Invites; the same command of the same person gets the same answer, token included. */
  invite(by: DirectoryPerson, command: string): Invited {
    const invitation = this.#derive('id', by.account, command).slice(0, 22);
    const token = this.#derive('token', by.account, command);
    const known = this.#row(
      build
        .selectFrom('invitations')
        .select(['invitation', 'company', 'expiresMs'])
        .where('invitation', '=', invitation),
    );
    if (known !== undefined) return { kind: 'invited', invitation: known, token };
    if (this.open(by.company).length >= this.#limits.openInvitations) return { kind: 'too-many' };
    const expiresMs = this.#nowMs() + this.#limits.invitationMs;
    this.#directory.sql.run(
      build.insertInto('invitations').values({
        invitation,
        company: by.company,
        tokenHash: hashOf(token),
        invitedBy: by.account,
        expiresMs,
        revoked: 0,
      }),
    );
    return { kind: 'invited', invitation: { invitation, company: by.company, expiresMs }, token };
  }

  /** Invitations of a company that can still be used. */
  open(company: CompanyId): OpenInvitation[] {
    return this.#directory.sql
      .all(this.#usable().where('company', '=', company))
      .map((row) => ({ ...row, company: row.company as CompanyId }));
  }

  /** The invitation of a token; unknown, used, revoked and expired ones are all undefined. */
  find(token: string): OpenInvitation | undefined {
    return this.#row(this.#usable().where('tokenHash', '=', hashOf(token)));
  }

  /** True when the company had such an invitation. */
  revoke(company: CompanyId, invitation: string): boolean {
    const query = build.updateTable('invitations').set({ revoked: 1 });
    return (
      this.#directory.sql.run(query.where('invitation', '=', invitation).where('company', '=', company)).changed > 0
    );
  }

  /** Uses the invitation up and adds the person, or neither; undefined when somebody else was quicker. */
  accept(token: string, person: Omit<NewPerson, 'company' | 'admin'>): DirectoryPerson | undefined {
    return this.#directory.change(() => {
      const found = this.find(token);
      if (found === undefined) return undefined;
      const added = this.#directory.addPerson({ ...person, company: found.company, admin: false });
      const query = build.updateTable('invitations').set({ usedBy: added.account });
      this.#directory.sql.run(query.where('invitation', '=', found.invitation));
      return added;
    });
  }

  #usable() {
    return (
      build
        .selectFrom('invitations')
        .select(['invitation', 'company', 'expiresMs'])
        .where('usedBy', 'is', null)
        .where('revoked', '=', 0)
        // Who has left, or is no administrator any more, lets nobody in.
        .where(
          'invitedBy',
          'in',
          build.selectFrom('people').select('account').where('admin', '=', 1).where('active', '=', 1),
        )
        .where('expiresMs', '>', this.#nowMs())
    );
  }

  #row(query: Compilable<{ invitation: string; company: number; expiresMs: number }>): OpenInvitation | undefined {
    const row = this.#directory.sql.first(query);
    return row === undefined ? undefined : { ...row, company: row.company as CompanyId };
  }

  #derive(what: string, account: Account, command: string): string {
    return createHmac('sha256', this.#secret).update(`invitation ${what} ${account} ${command}`).digest('base64url');
  }
}
