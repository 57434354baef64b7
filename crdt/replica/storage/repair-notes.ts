/** What was found damaged, as it is noted: the copy that can't be relied on, and what the person is to be told of it. */
import { isWritten, type DocumentName } from '../../model/protocol/document-name.ts';
import type { LivingConnection } from './living-connection.ts';
import {
  isCatchUpPoint,
  isDocumentRecord,
  isHead,
  isQuarantineRecord,
  isRepairNote,
  isUnsentMark,
  type CatchUpPoint,
  type DocumentRecord,
  type Head,
  type RepairNote,
  type UnsentMark,
} from './meta-records.ts';
import { DOCUMENTS, generationOf, HEADS, QUARANTINE, readMap, REPAIRS, STATE, UNSENT } from './meta-stores.ts';
import { asPromise, storageFailure, type StorageFailure, type WriteOutcome } from './transact.ts';

/** Stands for the contexts of which nothing is known any more; it is none that lives. */
const RECOVERED = 'recovered';
/** Refused entries, or marks of unsent ones, were lost. */
const LOST_RECORDS: RepairNote = { fetched: true, mayLackOwn: true, acknowledged: false };

export class RepairNotes {
  readonly #connection: LivingConnection;

  constructor(connection: LivingConnection) {
    this.#connection = connection;
  }

  /**
   * A document's copy lacks something: it goes on in generation `to` (the same one, when that can be written), counts as incomplete,
   * and catch-up begins anew, because the server would never tell of it again. Resolves with what is noted for the person.
   */
  async distrust(
    document: DocumentName,
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<{ readonly kind: 'noted'; readonly note: RepairNote } | StorageFailure> {
    try {
      return await this.#connection.run(
        [DOCUMENTS, HEADS, STATE, UNSENT, REPAIRS],
        'readwrite',
        async (transaction) => {
          const store = (name: string): IDBObjectStore => transaction.objectStore(name);
          const [generation, head, marks, known, point] = await Promise.all([
            generationOf(store(DOCUMENTS), document),
            asPromise<unknown>(store(HEADS).get(document)),
            asPromise<unknown[]>(store(UNSENT).getAll()),
            asPromise<unknown>(store(REPAIRS).get(document)),
            asPromise<unknown>(store(STATE).get('catch-up')),
          ]);
          const mayLackOwn =
            marks.some((mark) => isUnsentMark(mark) && mark.document === document) ||
            (isRepairNote(known) && !known.acknowledged && known.mayLackOwn);
          const note: RepairNote = { fetched: false, mayLackOwn, acknowledged: false };
          if (generation === from) {
            store(DOCUMENTS).put({ generation: to, complete: false } satisfies DocumentRecord, document);
          }
          if (isHead(head)) store(HEADS).put({ number: head.number, sequence: 0 } satisfies Head, document);
          if (isCatchUpPoint(point)) {
            store(STATE).put({ epoch: point.epoch, cursor: 0 } satisfies CatchUpPoint, 'catch-up');
          }
          store(REPAIRS).put(note, document);
          return { kind: 'noted' as const, note };
        },
      );
    } catch (error) {
      return storageFailure(error);
    }
  }

  async all(): Promise<ReadonlyMap<DocumentName, RepairNote>> {
    const repairs = await this.#connection.run([REPAIRS], 'readonly', (transaction) =>
      readMap(transaction.objectStore(REPAIRS), isRepairNote),
    );
    return repairs.values;
  }

  /** Without a note: takes it out. */
  put(document: DocumentName, note: RepairNote | undefined): Promise<WriteOutcome> {
    return this.#connection.write([REPAIRS], (store) =>
      note === undefined ? store(REPAIRS).delete(document) : store(REPAIRS).put(note, document),
    );
  }

  /** What is here again needs no note any more; the rest is still to be fetched. */
  acknowledge(): Promise<WriteOutcome> {
    return this.#connection.write([REPAIRS], async (store) => {
      for (const [document, note] of (await readMap(store(REPAIRS), isRepairNote)).values) {
        if (note.fetched) store(REPAIRS).delete(document);
        else store(REPAIRS).put({ ...note, acknowledged: true } satisfies RepairNote, document);
      }
    });
  }

  /**
   * After the loss of records, or of the whole database: takes out what is not understood, and has the documents whose databases
   * were found (and their earliest generation) looked after: compared with the server, and looked through for unsent entries.
   * Catch-up begins anew. `account`: the document under which the loss itself is noted.
   */
  recover(found: ReadonlyMap<DocumentName, number>, account: DocumentName): Promise<WriteOutcome> {
    return this.#connection.write([STATE, HEADS, DOCUMENTS, UNSENT, QUARANTINE, REPAIRS], async (store) => {
      store(STATE).delete('catch-up');
      const isKnown = new Map([
        [HEADS, isHead],
        [DOCUMENTS, isDocumentRecord],
        [UNSENT, isUnsentMark],
        [QUARANTINE, isQuarantineRecord],
      ] as [string, (value: unknown) => boolean][]);
      for (const [name, isOurs] of isKnown) {
        const [keys, values] = await Promise.all([
          asPromise(store(name).getAllKeys()),
          asPromise<unknown[]>(store(name).getAll()),
        ]);
        for (const [index, key] of keys.entries()) {
          if (isOurs(values[index])) continue;
          store(name).delete(key);
          if (name !== HEADS && name !== DOCUMENTS) store(REPAIRS).put(LOST_RECORDS, account);
        }
      }
      const known = await readMap(store(DOCUMENTS), isDocumentRecord);
      for (const [document, generation] of found) {
        if (known.values.has(document)) continue;
        store(DOCUMENTS).put({ generation, complete: false } satisfies DocumentRecord, document);
        if (isWritten(document)) {
          store(UNSENT).put({ document, context: RECOVERED } satisfies UnsentMark, [document, RECOVERED]);
        }
        const note: RepairNote = { fetched: false, mayLackOwn: this.#connection.created, acknowledged: false };
        store(REPAIRS).put(note, document);
      }
    });
  }
}
