/**
 * A connection to one database, which knows when it has died: browsers close connections when data of the site is cleared (the event
 * `close`), when their storage process is gone (WebKit, in the background: https://bugs.webkit.org/show_bug.cgi?id=197050), and we
 * close them when somebody wants to delete or upgrade the database. A dead connection has to be opened anew by its user, who then
 * must look whether everything is still there.
 */
import { openDB, unwrap } from 'idb';
import { transact } from './transact.ts';

export class Connection {
  /** The database did not exist. */
  readonly created: boolean;
  readonly #database: IDBDatabase;
  #dead = false;

  private constructor(database: IDBDatabase, created: boolean) {
    this.#database = database;
    this.created = created;
    database.addEventListener('close', () => (this.#dead = true));
    database.addEventListener('versionchange', () => this.close());
  }

  /** The database as it is; undefined when there is none, and then none is made. Rejects with what the browser says. */
  static async openExisting(name: string, version: number): Promise<Connection | undefined> {
    let isMissing = false;
    try {
      return await Connection.open(name, version, (_database, from, transaction) => {
        isMissing = from === 0;
        // Another tab may make it meanwhile: to make it and delete it again would delete what that one writes.
        if (isMissing) transaction.abort();
      });
    } catch (error) {
      if (isMissing) return undefined;
      throw error;
    }
  }

  /** `upgrade` brings the database from version `from` (0: new) to `version`. Rejects with what the browser says. */
  static async open(
    name: string,
    version: number,
    upgrade: (database: IDBDatabase, from: number, transaction: IDBTransaction) => void,
  ): Promise<Connection> {
    let created = false;
    const database = await openDB(name, version, {
      upgrade(fresh, from, _to, transaction) {
        created = from === 0;
        // When it is aborted the opening says so.
        transaction.done.catch(() => undefined);
        upgrade(unwrap(fresh), from, unwrap(transaction));
      },
    });
    return new Connection(unwrap(database), created);
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** See `transact`. When it rejects and `dead` is true then, nothing was kept and a new connection may do it. */
  async transact<T>(
    stores: readonly string[],
    mode: 'readonly' | 'readwrite',
    body: (transaction: IDBTransaction) => T | Promise<T>,
  ): Promise<T> {
    try {
      return await transact(this.#database, stores, mode, body);
    } catch (error) {
      // Whether the close or the abort is told first depends on the browser, so such an abort counts as the end of the connection.
      if (isEndOfConnection(error)) this.close();
      throw error;
    }
  }

  /** True when all these stores exist. */
  has(stores: readonly string[]): boolean {
    return stores.every((store) => this.#database.objectStoreNames.contains(store));
  }

  /** Pending transactions still end; later ones fail. */
  close(): void {
    this.#dead = true;
    this.#database.close();
  }
}

/** InvalidStateError: the connection is closed. AbortError: it was closed under the transaction; our own aborts carry their reason. */
function isEndOfConnection(error: unknown): boolean {
  if (!(error instanceof DOMException || error instanceof Error)) return false;
  if (error.name === 'InvalidStateError' || error.name === 'AbortError') return true;
  return error.name === 'UnknownError' && error.message.includes('server lost');
}
