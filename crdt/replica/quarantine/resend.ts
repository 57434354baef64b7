/**
 * Sends refused entries again: one at a time, by HTTP, with a writer of their own and under their old ids, so that a bad one keeps no
 * other back and poisons no document. At most twice by itself; then the person decides. What the server has after all, or has erased,
 * is not sent.
 */
import { inboxChats } from '../../model/inbox/inbox-facts.ts';
import { encodeAppend, logRoot, type Tuple } from '../../model/log/append.ts';
import { placeOf, type Place } from '../../model/log/entry-id.ts';
import { FactsReader } from '../../model/log/facts.ts';
import { entryAt, readLog, writersOf } from '../../model/log/read-log.ts';
import { accountOf } from '../../model/log/writer.ts';
import {
  chatDocument,
  inboxDocument,
  parseDocumentName,
  type DocumentName,
} from '../../model/protocol/document-name.ts';
import type { Device } from '../documents/device.ts';
import type { LocalDocument } from '../documents/local-document.ts';
import type { OpenDocuments } from '../documents/open-documents.ts';
import { OwnWriter } from '../documents/own-writer.ts';
import type { QuarantineRecord } from '../storage/meta-records.ts';
import type { LinkEnd } from '../sync/document-link.ts';
import { pause } from '../sync/pause.ts';
import type { ServerRequests } from '../sync/server-requests.ts';
import type { QuarantineRecords } from './quarantine-records.ts';
import { firstOf, withFirst, withoutFirst } from './refused-entry.ts';

const MAX_ATTEMPTS = 2;
/** Pause before what could not be sent, for a reason that passes, is tried again. */
const AGAIN_MS = 15_000;

/** The server will say the same again; others (full disk, busy, shutting down) pass. */
const LASTING: readonly string[] = [
  'malformed',
  'too-big',
  'forbidden',
  'bad-entry',
  'gap',
  'conflict',
  'invalid',
  'not-found',
];
/** No second attempt: the right is lost. */
const FINAL: readonly string[] = ['forbidden', 'not-found'];

export class Resend {
  readonly #device: Device;
  readonly #documents: OpenDocuments;
  readonly #records: QuarantineRecords;
  readonly #requests: ServerRequests;
  readonly #inStep: (name: DocumentName) => Promise<LinkEnd>;
  #running: Promise<void> | undefined;
  /** The line of a call that came meanwhile. */
  #next: AbortSignal | undefined;

  constructor(
    device: Device,
    documents: OpenDocuments,
    records: QuarantineRecords,
    requests: ServerRequests,
    inStep: (name: DocumentName) => Promise<LinkEnd>,
  ) {
    this.#device = device;
    this.#documents = documents;
    this.#records = records;
    this.#requests = requests;
    this.#inStep = inStep;
  }

  /** Goes through the records, on this line; a call meanwhile makes it go through them again. */
  run(line: AbortSignal): void {
    if (this.#running !== undefined) {
      this.#next = line;
      return;
    }
    this.#running = this.#untilDone(line).finally(() => {
      this.#running = undefined;
      const next = this.#next;
      this.#next = undefined;
      // What was under way when its line ended may have taken longer than it took to find another.
      if (next !== undefined) this.run(next);
    });
  }

  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #untilDone(line: AbortSignal): Promise<void> {
    while (!line.aborted) {
      await this.#all(line);
      if (!this.#records.all().some(({ state }) => state === 'resend')) return;
      await pause(AGAIN_MS, line);
    }
  }

  async #all(line: AbortSignal): Promise<void> {
    const tried = new Set<QuarantineRecord>();
    do {
      this.#next = undefined;
      for (const record of this.#records.all()) {
        if (line.aborted) return;
        if (record.state !== 'resend' || tried.has(record)) continue;
        tried.add(record);
        await this.#one(record);
      }
    } while (this.#next === line);
  }

  async #one(record: QuarantineRecord): Promise<void> {
    const target = await this.#targetOf(record);
    const use = await this.#documents.use(target);
    try {
      // In the document that it was taken out of, it would be found as if the server had it.
      if (target === record.document && use.document.generation <= record.generation) await use.document.goOver();
      if (target === record.document && use.document.generation <= record.generation) return;
      const end = await this.#inStep(target);
      if (end === 'ended') return;
      if (end === 'lost') return void (await this.#records.change({ ...record, state: 'failed' }));
      const first = record.first ?? placeOf(record.id);
      const found = first === undefined ? 'other' : whatLiesAt(use.document, first, record.tuple, this.#device);
      if (found === 'same') return await this.#records.discard(record.id);
      if (found === 'free' && first !== undefined) return await this.#send(record, use.document, first);
      // Another id, kept before anything is sent under it: if the answer gets lost, it is found by it.
      const other = new OwnWriter(this.#device.account, this.#device.random32).place(use.document.doc);
      const renamed = { ...record, first: other };
      if (await this.#records.change(renamed)) await this.#send(renamed, use.document, other);
    } finally {
      use.release();
    }
  }

  async #send(record: QuarantineRecord, document: LocalDocument, first: Place): Promise<void> {
    const tuple = withFirst(record.tuple, first);
    const { writer, clock } = new OwnWriter(this.#device.account, this.#device.random32).place(document.doc);
    const answer = await this.#requests.sendEntries(
      document.name,
      encodeAppend(logRoot(writer), writer, clock, [tuple]),
    );
    if (answer.kind === 'ok') {
      // Whose entry it is not (somebody else has signed in meanwhile), the server leaves out without a word.
      const isStored = answer.value.arrivals.some(([by, from, to]) => by === writer && from <= clock && clock < to);
      return isStored ? this.#records.discard(record.id) : undefined;
    }
    if (answer.kind === 'unreachable' || !LASTING.includes(answer.code)) return;
    const attempts = record.attempts + 1;
    const state = attempts >= MAX_ATTEMPTS || FINAL.includes(answer.code) ? 'failed' : 'resend';
    await this.#records.change({ ...record, attempts, state, code: answer.code });
  }

  /** Where the entry goes now: its own page, or the chat's latest when the server doesn't know that one (after a restore). */
  async #targetOf({ document, code }: QuarantineRecord): Promise<DocumentName> {
    const name = parseDocumentName(document);
    if (name?.kind !== 'chat' || code !== 'not-found' || name.page === 1) return document;
    const use = await this.#documents.use(inboxDocument(this.#device.account));
    const facts = new FactsReader(use.document.doc);
    facts.read();
    use.release();
    return chatDocument(name.chat, inboxChats(facts.values).get(name.chat)?.pages ?? 1);
  }
}

/**
 * Whether the server has the entry: `same` when it lies in its first place or was sent again, or has been erased there; `other` when
 * somebody else's entry lies there, so that the id is taken; `free` when it is to be sent.
 */
function whatLiesAt(document: LocalDocument, first: Place, tuple: Tuple, device: Device): 'same' | 'other' | 'free' {
  const { doc, arrivals } = document;
  for (const writer of writersOf(doc)) {
    if (accountOf(writer) !== device.account) continue;
    for (const entry of readLog(doc, writer)) {
      const again = entry.tuple === undefined ? undefined : firstOf(entry.tuple);
      if (again?.writer === first.writer && again.clock === first.clock) return 'same';
    }
  }
  if (arrivals.reached(first.writer) <= first.clock) return 'free';
  const there = entryAt(doc, first.writer, first.clock);
  return there === undefined || JSON.stringify(there) === JSON.stringify(withoutFirst(tuple)) ? 'same' : 'other';
}
