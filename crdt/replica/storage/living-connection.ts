/** A connection that is opened anew when it has died, and the transaction done again: nothing of it was kept. */
import type { Connection } from './connection.ts';
import { storageFailure, STORED, type WriteOutcome } from './transact.ts';

/** Connections that die one after the other, before that counts as a failure. */
const MAX_REOPENED = 2;

export class LivingConnection {
  /** The database did not exist. */
  readonly created: boolean;
  readonly #connect: () => Promise<Connection>;
  #connection: Connection;
  #reopening: Promise<Connection> | undefined;
  #closed = false;
  readonly #emptied = new Set<() => void>();

  private constructor(connect: () => Promise<Connection>, connection: Connection) {
    this.#connect = connect;
    this.#connection = connection;
    this.created = connection.created;
  }

  static async open(connect: () => Promise<Connection>): Promise<LivingConnection> {
    return new LivingConnection(connect, await connect());
  }

  /** Closed by somebody else, and not opened anew yet. */
  get dead(): boolean {
    return this.#connection.dead;
  }

  /** Called when the database was deleted meanwhile and is empty now. */
  onEmptied(listener: () => void): void {
    this.#emptied.add(listener);
  }

  /** Rejects with what the browser says; then nothing was kept. */
  async run<T>(
    stores: readonly string[],
    mode: 'readonly' | 'readwrite',
    body: (transaction: IDBTransaction) => T | Promise<T>,
  ): Promise<T> {
    for (let reopened = 0; ; reopened += 1) {
      const connection = await this.#living();
      try {
        return await connection.transact(stores, mode, body);
      } catch (error) {
        if (!connection.dead || this.#closed || reopened >= MAX_REOPENED) throw error;
      }
    }
  }

  /** The same for who only writes: the outcome is a value. */
  async write(
    stores: readonly string[],
    body: (store: (name: string) => IDBObjectStore) => unknown,
  ): Promise<WriteOutcome> {
    try {
      await this.run(stores, 'readwrite', (transaction) => body((name) => transaction.objectStore(name)));
      return STORED;
    } catch (error) {
      return storageFailure(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#connection.close();
  }

  async #living(): Promise<Connection> {
    if (!this.#connection.dead || this.#closed) return this.#connection;
    this.#reopening ??= this.#connect().finally(() => {
      this.#reopening = undefined;
    });
    const connection = await this.#reopening;
    if (this.#closed) connection.close();
    if (connection === this.#connection) return connection;
    this.#connection = connection;
    if (connection.created) for (const listener of [...this.#emptied]) listener();
    return connection;
  }
}
