/**
 * The authority over companies, people, invitations and which chats exist. Everything is synchronous and one process is the only
 * writer. What changes here is marked "to project" in the same transaction; see chats/projector.ts.
 */
import { isAccount, type Account } from '../../crdt/model/log/writer.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  internalChatId,
  parseChatId,
  type ChatId,
  type CompanyId,
  type DocumentName,
} from '../../crdt/model/protocol/document-name.ts';
import type { Database } from '../storage/sqlite/database.ts';
import { personOf, profileRow, type DirectoryPerson, type Profile } from './person.ts';
import { build, Statements } from './statements.ts';

export type DirectoryEvent =
  /** What a person may do has changed; or they have just come. */
  | { readonly kind: 'rights'; readonly account: Account; readonly company: CompanyId }
  /** There are marks to project. */
  | { readonly kind: 'marked' };

export interface NewPerson {
  readonly user: string;
  readonly company: CompanyId;
  readonly profile: Profile;
  readonly admin: boolean;
  /** Arrival number of the internal chat: what came before counts as read. */
  readonly joined: number;
}

export interface Mark {
  readonly document: DocumentName;
  readonly revision: number;
}

export class Directory {
  readonly #sql: Statements;
  readonly #listeners = new Set<(event: DirectoryEvent) => void>();
  /** What to tell after the running transaction; undefined outside of one. */
  #events: DirectoryEvent[] | undefined;

  constructor(database: Database) {
    this.#sql = new Statements(database);
  }

  /** Calls back after the transaction that changed something; returns its dispose. */
  subscribe(listener: (event: DirectoryEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Statements of this directory, for the parts that have tables of their own. */
  get sql(): Statements {
    return this.#sql;
  }

  /** A secret or setting of the installation; made by `create` the first time. */
  setting(name: string, create: () => string): string {
    const found = this.#sql.first(build.selectFrom('installation').select('value').where('name', '=', name));
    if (found !== undefined) return found.value;
    const value = create();
    this.#sql.run(build.insertInto('installation').values({ name, value }));
    return value;
  }

  isEmpty(): boolean {
    return this.#sql.first(build.selectFrom('companies').select('company').limit(1)) === undefined;
  }

  companyName(company: CompanyId): string | undefined {
    return this.#sql.first(build.selectFrom('companies').select('name').where('company', '=', company))?.name;
  }

  person(account: Account): DirectoryPerson | undefined {
    const row = this.#sql.first(build.selectFrom('people').selectAll().where('account', '=', account));
    return row === undefined ? undefined : personOf(row);
  }

  personOfUser(user: string): DirectoryPerson | undefined {
    const row = this.#sql.first(build.selectFrom('people').selectAll().where('user', '=', user));
    return row === undefined ? undefined : personOf(row);
  }

  people(company: CompanyId): DirectoryPerson[] {
    return this.#sql.all(build.selectFrom('people').selectAll().where('company', '=', company)).map(personOf);
  }

  /** A company with its first administrator. */
  found(name: string, administrator: Omit<NewPerson, 'company' | 'admin' | 'joined'>): DirectoryPerson {
    return this.change(() => {
      const company = this.#sql.run(build.insertInto('companies').values({ name })).id as CompanyId;
      return this.addPerson({ ...administrator, company, admin: true, joined: 0 });
    });
  }

  /** Adds a person inside a transaction of the caller (`change`). */
  addPerson(person: NewPerson): DirectoryPerson {
    const { id } = this.#sql.run(
      build.insertInto('people').values({
        user: person.user,
        company: person.company,
        ...profileRow(person.profile),
        admin: person.admin ? 1 : 0,
        active: 1,
        joined: person.joined,
      }),
    );
    if (!isAccount(id)) throw new RangeError('the installation has no account numbers left');
    this.#mark(companyDocument(person.company), inboxDocument(id));
    this.#events?.push({ kind: 'rights', account: id, company: person.company });
    const added = this.person(id);
    if (added === undefined) throw new Error('a person that was just added is not there');
    return added;
  }

  setProfile(account: Account, profile: Profile): void {
    this.change(() => this.#changePerson(account, profileRow(profile)));
  }

  /** Names the person's picture; see pictures.ts. */
  setPicture(account: Account, picture: string | undefined): void {
    this.change(() => this.#changePerson(account, { picture: picture ?? null }));
  }

  setRights(account: Account, rights: { readonly admin: boolean; readonly active: boolean }): void {
    this.change(() => {
      const person = this.#changePerson(account, { admin: rights.admin ? 1 : 0, active: rights.active ? 1 : 0 });
      if (person !== undefined) this.#events?.push({ kind: 'rights', account, company: person.company });
    });
  }

  activeAdministrators(company: CompanyId): number {
    return this.people(company).filter((person) => person.admin && person.active).length;
  }

  /** The latest page of a chat, from 1. */
  pages(chat: ChatId): number {
    return this.#sql.first(build.selectFrom('chats').select('pages').where('chat', '=', chat))?.pages ?? 1;
  }

  /** Opens the page after `page` unless that has happened; true when this call did it. */
  openPageAfter(chat: ChatId, page: number): boolean {
    return this.change(() => {
      if (this.pages(chat) !== page) return false;
      const pages = page + 1;
      this.#sql.run(
        build
          .insertInto('chats')
          .values({ chat, pages })
          .onConflict((row) => row.column('chat').doUpdateSet({ pages })),
      );
      this.#mark(chatDocument(chat), ...this.#participants(chat).map(inboxDocument));
      return true;
    });
  }

  /** Notes that a private chat has begun, so that it appears in both inboxes; does nothing the second time. */
  startPrivateChat(chat: ChatId, accounts: readonly [Account, Account]): void {
    this.change(() => {
      for (const account of accounts) {
        const { changed } = this.#sql.run(
          build
            .insertInto('privateChats')
            .values({ account, chat })
            .onConflict((row) => row.doNothing()),
        );
        if (changed > 0) this.#mark(inboxDocument(account));
      }
    });
  }

  hasStarted(chat: ChatId, account: Account): boolean {
    const query = build
      .selectFrom('privateChats')
      .select('chat')
      .where('account', '=', account)
      .where('chat', '=', chat);
    return this.#sql.first(query) !== undefined;
  }

  /** The chats in a person's list: the company's internal chat, and private chats that have begun. */
  chatsOf(person: DirectoryPerson): { readonly chat: ChatId; readonly joined: number }[] {
    const query = build.selectFrom('privateChats').select('chat').where('account', '=', person.account);
    return [
      { chat: internalChatId(person.company), joined: person.joined },
      ...this.#sql.all(query).map((row) => ({ chat: row.chat as ChatId, joined: 0 })),
    ];
  }

  /** Who is in a chat now, and from which arrival number on: the company's active people, or both of a private chat, also who has left. */
  membersOf(chat: ChatId): { readonly account: Account; readonly joined: number }[] {
    const kind = parseChatId(chat);
    if (kind === undefined) return [];
    if (kind.kind === 'private') return kind.accounts.map((account) => ({ account, joined: 0 }));
    const people = build.selectFrom('people').select(['account', 'joined']).where('active', '=', 1);
    return this.#sql
      .all(people.where('company', '=', kind.company))
      .map(({ account, joined }) => ({ account: account as Account, joined }));
  }

  /** Everybody on the installation. */
  accounts(): Account[] {
    return this.#sql.all(build.selectFrom('people').select('account')).map(({ account }) => account as Account);
  }

  marks(): Mark[] {
    return this.#sql.all(build.selectFrom('toProject').selectAll()).map((row) => ({
      document: row.document as DocumentName,
      revision: row.revision,
    }));
  }

  /** Takes a mark away unless the document has been marked again since. */
  unmark({ document, revision }: Mark): void {
    this.#sql.run(build.deleteFrom('toProject').where('document', '=', document).where('revision', '=', revision));
  }

  /** Runs a transaction, or joins the one that is running; listeners hear of what changed after the commit. */
  change<T>(work: () => T): T {
    if (this.#events !== undefined) return work();
    const events: DirectoryEvent[] = [{ kind: 'marked' }];
    this.#events = events;
    let result: T;
    try {
      result = this.#sql.transaction(work);
    } finally {
      this.#events = undefined;
    }
    for (const event of events) for (const listener of this.#listeners) listener(event);
    return result;
  }

  #changePerson(
    account: Account,
    values: Partial<ReturnType<typeof profileRow> & { admin: number; active: number; picture: string | null }>,
  ): DirectoryPerson | undefined {
    const person = this.person(account);
    if (person === undefined) return undefined;
    this.#sql.run(build.updateTable('people').set(values).where('account', '=', account));
    this.#mark(companyDocument(person.company));
    return person;
  }

  #participants(chat: ChatId): readonly Account[] {
    const kind = parseChatId(chat);
    if (kind === undefined) return [];
    return kind.kind === 'private' ? kind.accounts : this.people(kind.company).map((person) => person.account);
  }

  #mark(...documents: readonly DocumentName[]): void {
    for (const document of documents) {
      this.#sql.run(
        build
          .insertInto('toProject')
          .values({ document, revision: 1 })
          .onConflict((row) =>
            row.column('document').doUpdateSet((now) => ({ revision: now('toProject.revision', '+', 1) })),
          ),
      );
    }
  }
}
