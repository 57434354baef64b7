/** What a restored directory must not forget of the history that is given up. */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  type ChatId,
  type CompanyId,
} from '../../../crdt/model/protocol/document-name.ts';
import { isAccount } from '../../../crdt/model/log/writer.ts';
import { DIRECTORY_MIGRATIONS } from '../../directory/directory-migrations.ts';
import { emptyWriteAheadLog, openDatabase, type Database } from '../../storage/sqlite/database.ts';
import { readInteger, readText } from '../../storage/sqlite/row.ts';

export interface FormerDirectory {
  /** The last number given per table: accounts name the authors of entries for ever, so none is given twice. */
  readonly lastNumbers: ReadonlyMap<string, number>;
  /** Chats with more than one page: devices return entries to pages that the backup may not know. */
  readonly pages: ReadonlyMap<ChatId, number>;
  /** The backup may know them as living. */
  readonly endedSessions: readonly Row[];
}

type Row = Record<string, SQLOutputValue>;

/** Left out when the former directory can't be read: more than join between a backup and its restore. */
const NUMBERS_LEFT_OUT = 1_000;

export function readFormerDirectory(file: string): FormerDirectory {
  const sql = new DatabaseSync(file, { readOnly: true });
  try {
    const numbers = sql.prepare('SELECT name, seq FROM sqlite_sequence').all();
    const pages = sql.prepare('SELECT chat, pages FROM chats').all();
    // The former data may be of an earlier version.
    const isKnown = sql.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'endedSessions'`).get() !== undefined;
    return {
      endedSessions: isKnown ? sql.prepare('SELECT tokenHash, wipe, endedMs FROM endedSessions').all() : [],
      lastNumbers: new Map(numbers.map((row: Row) => [readText(row, 'name'), readInteger(row, 'seq')])),
      pages: new Map(pages.map((row: Row) => [readText(row, 'chat') as ChatId, readInteger(row, 'pages')])),
    };
  } finally {
    sql.close();
  }
}

/** Carries over numbers, pages and ended sessions, and marks everything to be projected: the restored log may be older than the directory. */
export function continueDirectory(file: string, former: readonly FormerDirectory[]): void {
  const database = openDatabase(file, DIRECTORY_MIGRATIONS);
  try {
    database.transaction(() => {
      continueNumbers(database, former);
      for (const [chat, pages] of former.flatMap((directory) => [...directory.pages])) {
        database.sql
          .prepare('INSERT INTO chats VALUES (?, ?) ON CONFLICT DO UPDATE SET pages = max(pages, excluded.pages)')
          .run(chat, pages);
      }
      for (const { tokenHash, wipe, endedMs } of former.flatMap((directory) => directory.endedSessions)) {
        database.sql
          .prepare(
            'INSERT INTO endedSessions VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET wipe = max(wipe, excluded.wipe)',
          )
          .run(tokenHash ?? null, wipe ?? null, endedMs ?? null);
      }
      markEverything(database);
    });
    if (!emptyWriteAheadLog(database)) throw new Error(`${file} is in use`);
  } finally {
    database.close();
  }
}

function continueNumbers({ sql }: Database, former: readonly FormerDirectory[]): void {
  if (former.length === 0) {
    sql.prepare('UPDATE sqlite_sequence SET seq = seq + ?').run(NUMBERS_LEFT_OUT);
    return;
  }
  const raise = sql.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  const add = sql.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  for (const [name, number] of former.flatMap(({ lastNumbers }) => [...lastNumbers])) {
    if (raise.run(number, name).changes === 0) add.run(name, number);
  }
}

function markEverything({ sql }: Database): void {
  const accounts = sql
    .prepare('SELECT account FROM people')
    .all()
    .map((row) => readInteger(row, 'account'));
  const companies = sql
    .prepare('SELECT company FROM companies')
    .all()
    .map((row) => readInteger(row, 'company'));
  const chats = sql
    .prepare('SELECT chat FROM chats')
    .all()
    .map((row) => readText(row, 'chat'));
  const documents = [
    ...accounts.filter((account) => isAccount(account)).map((account) => inboxDocument(account)),
    ...companies.map((company) => companyDocument(company as CompanyId)),
    ...chats.map((chat) => chatDocument(chat as ChatId)),
  ];
  const mark = sql.prepare('INSERT INTO toProject VALUES (?, 1) ON CONFLICT DO UPDATE SET revision = revision + 1');
  for (const document of documents) mark.run(document);
}
