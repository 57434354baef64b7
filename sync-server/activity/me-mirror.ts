/**
 * Mirrors read markers and the switch for read receipts from `me` documents, where devices write them: as they are accepted, and once
 * at the start what has been accepted since the last mirroring (all of it when the file is new, or the history another).
 */
import * as Y from 'yjs';
import type { Tuple } from '../../crdt/model/log/append.ts';
import { parseSet } from '../../crdt/model/log/set-entry.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import { parseMeKey, settingOf } from '../../crdt/model/me/me-entries.ts';
import { MeReader } from '../../crdt/model/me/me-values.ts';
import { meDocument, parseDocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { LogStore } from '../storage/log-store.ts';
import type { Receipts } from './receipts.ts';

/** Heads asked for at once: one index seek each. */
const HEADS_AT_ONCE = 500;

export interface MeMirrorOptions {
  readonly store: Pick<LogStore, 'sequence' | 'heads' | 'load'>;
  readonly receipts: Receipts;
  /** Everybody, in any order. */
  readonly accounts: () => readonly Account[];
}

export class MeMirror {
  readonly #options: MeMirrorOptions;
  /** Of open documents in which the switch was turned: a device that turns it all day costs no more than what it writes. */
  readonly #readers = new WeakMap<Y.Doc, MeReader>();
  #isComplete = false;
  #stopped = false;

  constructor(options: MeMirrorOptions) {
    this.#options = options;
  }

  /** Entries of a `me` document have been stored; `doc` holds them. */
  stored(account: Account, doc: Y.Doc, entries: Iterable<Tuple | undefined>, sequence: number): void {
    const { receipts } = this.#options;
    let mayTurn = false;
    for (const tuple of entries) {
      const entry = tuple === undefined ? 'erased' : parseSet(tuple);
      if (typeof entry === 'string') continue;
      const key = parseMeKey(entry.key);
      if (key?.kind === 'read' && typeof entry.value === 'number') {
        receipts.read(account, key.chat, entry.value);
        // Before everything older is in, it may be somebody who is not known yet to keep their reading to themselves.
        if (!this.#isComplete) mayTurn = true;
      }
      if (key?.kind === 'setting' && key.name === 'read-receipts') mayTurn = true;
    }
    // Which of several entries counts is the document's to say.
    if (mayTurn) this.#takeSwitch(account, this.#readerOf(doc));
    // Before everything older is in, a crash must begin there again.
    if (this.#isComplete) receipts.mirrored(sequence);
  }

  /** Takes in what has changed since `since`; resolves early when stopped. */
  async catchUp(since: number): Promise<void> {
    const { store, receipts, accounts } = this.#options;
    const cursor = await store.sequence();
    const documents = accounts().map((account) => meDocument(account));
    for (let from = 0; from < documents.length && !this.#stopped; from += HEADS_AT_ONCE) {
      const heads = await store.heads({ documents: documents.slice(from, from + HEADS_AT_ONCE), streams: [], since });
      for (const { document } of heads) {
        if (this.#stopped) return;
        const kind = parseDocumentName(document);
        if (kind?.kind === 'me') this.#takeAll(kind.account, (await store.load(document)).updates);
      }
      // One portion at a time, so that not everybody's markers wait in memory.
      await receipts.settled();
    }
    if (this.#stopped) return;
    this.#isComplete = true;
    receipts.mirrored(cursor);
  }

  stop(): void {
    this.#stopped = true;
  }

  #takeAll(account: Account, updates: readonly Uint8Array[]): void {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    const reader = this.#readerOf(doc);
    for (const [key, value] of reader.values) {
      const parsed = parseMeKey(key);
      if (parsed?.kind === 'read' && typeof value === 'number') {
        this.#options.receipts.read(account, parsed.chat, value);
      }
    }
    this.#takeSwitch(account, reader);
    doc.destroy();
  }

  #readerOf(doc: Y.Doc): MeReader {
    let reader = this.#readers.get(doc);
    if (reader === undefined) this.#readers.set(doc, (reader = new MeReader(doc)));
    reader.read();
    return reader;
  }

  #takeSwitch(account: Account, reader: MeReader): void {
    this.#options.receipts.silent(account, !settingOf(reader.values, 'read-receipts'));
  }
}
