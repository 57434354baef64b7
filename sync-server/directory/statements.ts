/**
 * Typed SQL without an asynchronous driver: Kysely builds and compiles, node:sqlite runs it at once. So nothing can slip between
 * BEGIN and COMMIT.
 */
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { Database } from '../storage/sqlite/database.ts';
import type { DirectoryTables } from './tables.ts';

/** Builds queries; never runs any. */
export const build = new Kysely<DirectoryTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** Runs what `build` has built. */
export class Statements {
  readonly #database: Database;
  /** By their SQL text; as many as there are places in the code that build one. */
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: Database) {
    this.#database = database;
  }

  all<Row>(query: Compilable<Row>): Row[] {
    const { statement, parameters } = this.#compile(query);
    // The one place where rows get the types that Kysely has worked out for them.
    return statement.all(...parameters) as Row[];
  }

  first<Row>(query: Compilable<Row>): Row | undefined {
    const { statement, parameters } = this.#compile(query);
    return statement.get(...parameters) as Row | undefined;
  }

  /** Number of rows changed, and the number given to a new row. */
  run(query: Compilable): { readonly changed: number; readonly id: number } {
    const { statement, parameters } = this.#compile(query);
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { changed: Number(changes), id: Number(lastInsertRowid) };
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work);
  }

  #compile(query: Compilable): { readonly statement: StatementSync; readonly parameters: readonly SQLInputValue[] } {
    const { sql, parameters } = query.compile();
    let statement = this.#prepared.get(sql);
    if (statement === undefined) this.#prepared.set(sql, (statement = this.#database.sql.prepare(sql)));
    return { statement, parameters: parameters as SQLInputValue[] };
  }
}
