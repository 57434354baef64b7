/**
 * What search keeps of the pages on this device, so that a start need not read them from their documents: a database of its own, one
 * record for each page. It is worth nothing but time. What is not understood, or of another format, counts as absent, and the pages
 * are read anew.
 */
import { isCount } from '../../model/log/server-log.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import { Connection } from '../storage/connection.ts';
import { LivingConnection } from '../storage/living-connection.ts';
import { isDocumentName } from '../storage/meta-records.ts';
import { asPromise, storageFailure, type StorageFailure, type WriteOutcome } from '../storage/transact.ts';
import { isColumns, type PageColumns } from './page-columns.ts';

/** Where a page stood when it was read: what the records of the device said just before. */
export interface PageStanding {
  readonly generation: number;
  /** In step with the server once, and nothing was lost since. */
  readonly complete: boolean;
  readonly number: number;
  readonly sequence: number;
}

export interface KeptPage extends PageStanding {
  readonly columns: PageColumns;
  /** Something of the copy was lost; it is being fetched again. */
  readonly isDamaged: boolean;
}

/** Raised whenever the same documents would give other records. */
const FORMAT = 1;
const VERSION = 1;
const PAGES = 'pages';
const BY_TIME = 'newestMs';

export class SearchDatabase {
  readonly #connection: LivingConnection;

  private constructor(connection: LivingConnection) {
    this.#connection = connection;
  }

  static async open(name: string): Promise<SearchDatabase | StorageFailure> {
    try {
      return new SearchDatabase(await LivingConnection.open(() => connect(name)));
    } catch (error) {
      return storageFailure(error);
    }
  }

  /** Of which pages something is kept, those with the newest messages first. */
  async documents(): Promise<DocumentName[]> {
    const keys = await this.#connection.run([PAGES], 'readonly', (transaction) =>
      asPromise(transaction.objectStore(PAGES).index(BY_TIME).getAllKeys()),
    );
    return keys.filter(isDocumentName).toReversed();
  }

  /** What is kept of these pages, in their order. */
  async pages(documents: readonly DocumentName[]): Promise<(KeptPage | undefined)[]> {
    const records = await this.#connection.run([PAGES], 'readonly', (transaction) =>
      Promise.all(documents.map((document) => asPromise<unknown>(transaction.objectStore(PAGES).get(document)))),
    );
    return records.map(parse);
  }

  /** Without a page: takes out what is kept of it. */
  write(changes: Iterable<readonly [DocumentName, KeptPage | undefined]>): Promise<WriteOutcome> {
    return this.#connection.write([PAGES], (store) => {
      for (const [document, page] of changes) {
        if (page === undefined) store(PAGES).delete(document);
        else store(PAGES).put({ ...page, format: FORMAT, [BY_TIME]: newestMs(page) }, document);
      }
    });
  }

  close(): void {
    this.#connection.close();
  }
}

const newestMs = ({ columns }: KeptPage): number => columns.timesMs.reduce((one, other) => Math.max(one, other), 0);

function parse(value: unknown): KeptPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { format, generation, complete, number, sequence, isDamaged, columns } = value as Readonly<
    Record<string, unknown>
  >;
  if (format !== FORMAT || typeof complete !== 'boolean' || typeof isDamaged !== 'boolean') return undefined;
  if (!isCount(generation) || !isCount(number) || !isCount(sequence)) return undefined;
  if (typeof columns !== 'object' || columns === null || !isColumns(columns)) return undefined;
  return { generation, complete, number, sequence, isDamaged, columns };
}

/** A database of a later version, or without its store, is deleted and made anew. */
async function connect(name: string): Promise<Connection> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const connection = await Connection.open(name, VERSION, (database) => {
        database.createObjectStore(PAGES).createIndex(BY_TIME, BY_TIME);
      });
      if (connection.has([PAGES])) return connection;
      connection.close();
    } catch (error) {
      const failure = storageFailure(error);
      if (attempt > 0 || failure.kind === 'storage-full' || failure.lasting !== true) throw error;
    }
    await asPromise(indexedDB.deleteDatabase(name));
  }
}
