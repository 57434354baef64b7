/**
 * Opens the local copy of a document: the database of its present generation, with quarantines finished and damage noticed. What can
 * be read is read; that the rest has to be fetched again is noted durably before anybody relies on the copy.
 */
import * as Y from 'yjs';
import { ArrivalReader } from '../../model/chat/arrivals.ts';
import { accountOf, type Account } from '../../model/log/writer.ts';
import { isWritten, type DocumentName } from '../../model/protocol/document-name.ts';
import { behindHoles } from '../quarantine/behind-holes.ts';
import { BEHIND_HOLES, finishQuarantine, quarantine } from '../quarantine/quarantine.ts';
import { DocumentDatabase, type LoadedRows, type Missing } from '../storage/document-database.ts';
import type { DocumentRecord } from '../storage/meta-records.ts';
import { hasHoles, readableRows } from '../storage/readable-rows.ts';
import type { StorageFailure } from '../storage/transact.ts';
import { pause } from '../sync/pause.ts';
import { documentDatabaseName, type Device } from './device.ts';

export interface OpenedCopy {
  readonly kind: 'opened';
  readonly database: DocumentDatabase;
  readonly generation: number;
  /** In step with the server once, and nothing was lost since. */
  readonly complete: boolean;
  readonly rows: number;
  /** What the copy holds, and `held`; whoever opened it makes it theirs or destroys it. */
  readonly doc: Y.Doc;
  /** `held` has something that the copy lacks. */
  readonly behind: boolean;
}

/** The generation that a document in memory belongs to is over. */
export interface MovedOn {
  readonly kind: 'moved-on';
}

export interface HeldDocument {
  readonly doc: Y.Doc;
  /** Undefined while nothing could be read. */
  readonly generation: number | undefined;
}

/** Pauses before a database that gives an error of unknown cause is tried again; then it counts as lost, if others can be written. */
const AGAIN_MS: readonly number[] = [250, 1_000];
/** Connections that die while they are read from; a browser that closes each at once has no storage. */
const MAX_DEAD = 3;
/** Quarantines and lost databases that one opening goes past. */
const MAX_STEPS = 10;

/** `inMemory`: the document in memory, when its connection has died or it could not be read at first. */
export async function openCopy(
  device: Device,
  name: DocumentName,
  inMemory?: HeldDocument,
): Promise<OpenedCopy | MovedOn | StorageFailure> {
  const { meta } = device;
  await device.recordsKnown();
  let held = inMemory;
  // Another tab may have retired and deleted the database; it must not be made anew by opening it.
  if (held !== undefined) await meta.documentRecord(name);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    // Asked and opened at once: what is remembered of the generation is hardly ever out of date.
    const generation = meta.rememberedRecord(name)?.generation ?? 1;
    if (held?.generation !== undefined && held.generation !== generation) return { kind: 'moved-on' };
    const [record, opened] = await Promise.all([meta.documentRecord(name), openPatiently(device, name, generation)]);
    if (opened.kind === 'lost') {
      await distrust(device, name, { from: generation, to: generation + 1 });
      device.tabs.post({ kind: 'generation', document: name });
      await meta.documentRecord(name);
      // What is in memory goes along.
      if (held !== undefined) held = { ...held, generation: generation + 1 };
      continue;
    }
    if (opened.kind !== 'opened') return opened;
    const { database, loaded } = opened;
    if ((record?.generation ?? 1) !== generation) {
      database.close();
      continue;
    }
    if (record === undefined) {
      const outcome = await meta.putDocumentRecord(name, { generation, complete: false });
      if (outcome.kind !== 'stored') {
        database.close();
        return outcome;
      }
    }
    if (loaded.retired !== undefined) {
      // A quarantine that was begun and not finished.
      database.close();
      const outcome = await finishQuarantine(device, name, generation, loaded.retired, loaded.rows);
      if (outcome.kind !== 'stored') return outcome;
      continue;
    }
    const copy = await look(device, name, database, loaded, generation, record, held?.doc);
    if (!holdsOwnBehindHoles(copy.doc, device.account)) return copy;
    const outcome = await quarantine(device, name, generation, BEHIND_HOLES);
    if (outcome.kind !== 'stored') return copy;
    database.close();
    copy.doc.destroy();
    await meta.documentRecord(name);
    if (held !== undefined) held = { ...held, generation: generation + 1 };
  }
  return { kind: 'storage-failed', detail: 'no generation can be opened' };
}

/** Reads the rows, takes out those that can't be read, and sees whether anything is missing. */
async function look(
  device: Device,
  name: DocumentName,
  database: DocumentDatabase,
  loaded: LoadedRows,
  generation: number,
  record: DocumentRecord | undefined,
  held: Y.Doc | undefined,
): Promise<OpenedCopy> {
  const { doc, unreadable } = readableRows(loaded.rows);
  if (unreadable.length > 0) await database.mend(unreadable.flatMap((index) => loaded.keys[index] ?? []));
  let behind = false;
  if (held !== undefined) {
    const stored = Y.encodeStateVector(doc);
    behind = isAhead(held, doc);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(held, stored));
  }
  const lost = unreadable.length > 0 && held === undefined;
  const isDamaged = lost || hasHoles(doc) || (await isShort(device, name, doc, record, database.created && !behind));
  if (isDamaged) {
    await distrust(device, name, { from: generation, to: generation });
    device.tabs.post({ kind: 'mended', document: name, generation });
  }
  return {
    kind: 'opened',
    database,
    generation,
    complete: !isDamaged && (record?.complete ?? false),
    rows: loaded.rows.length - unreadable.length,
    doc,
    behind,
  };
}

/** True when the document must have held more than it does. `gone`: its database was not there. */
export async function isShort(
  device: Device,
  name: DocumentName,
  doc: Y.Doc,
  record: DocumentRecord | undefined,
  gone = false,
): Promise<boolean> {
  if (record === undefined) return false;
  const isEmpty = doc.store.clients.size === 0;
  if (gone && isEmpty && (await device.meta.unsentMarks()).some(({ document }) => document === name)) return true;
  if (!record.complete) return false;
  // Documents that people write hold arrivals, so that their length is known; those of the server hold facts only.
  if (!isWritten(name)) return isEmpty;
  const arrivals = new ArrivalReader(doc);
  arrivals.read();
  return arrivals.head < (device.heads.get(name)?.number ?? 0);
}

/** Notes that the document has to be fetched again; on a disk that takes nothing at least in memory, so that nobody relies on it. */
async function distrust(
  device: Device,
  name: DocumentName,
  generations: { readonly from: number; readonly to: number },
): Promise<void> {
  const note = await device.meta.repairs.distrust(name, generations);
  if (note.kind !== 'noted') return device.health.failed(note);
  device.heads.distrust(name);
  device.repairs.found(name, note.note);
}

/** Own entries that can neither be shown nor sent where they are. */
function holdsOwnBehindHoles(doc: Y.Doc, account: Account): boolean {
  for (const { writer } of behindHoles(doc)) if (accountOf(writer) === account) return true;
  return false;
}

function isAhead(doc: Y.Doc, of: Y.Doc): boolean {
  for (const [client] of doc.store.clients) {
    if (Y.getState(doc.store, client) > Y.getState(of.store, client)) return true;
  }
  return false;
}

interface Loaded {
  readonly kind: 'opened';
  readonly database: DocumentDatabase;
  readonly loaded: LoadedRows;
}

type Opened =
  | Loaded
  /** It can't be read and won't be. */
  | { readonly kind: 'lost' }
  | StorageFailure;

async function openPatiently(device: Device, name: DocumentName, generation: number): Promise<Opened> {
  for (let attempt = 0; ; attempt += 1) {
    const database = documentDatabaseName(device.namespace, name, generation);
    const opened = await openAndLoad(() => DocumentDatabase.open(database));
    if (opened.kind !== 'storage-failed') return opened;
    if (opened.lasting === true) return { kind: 'lost' };
    // Does the disk answer at all?
    if ((await device.meta.probe()).kind !== 'stored') return opened;
    const delayMs = AGAIN_MS[attempt];
    if (delayMs === undefined) return { kind: 'lost' };
    await pause(delayMs);
  }
}

/** As it is, for whoever only looks into it: another tab may be making it. */
export const openExistingAndLoad = (name: string): Promise<Loaded | Missing | StorageFailure> =>
  openAndLoad(() => DocumentDatabase.openExisting(name));

async function openAndLoad<T extends StorageFailure | Missing>(
  open: () => Promise<DocumentDatabase | T>,
): Promise<Loaded | T | StorageFailure> {
  for (let dead = 0; dead < MAX_DEAD; dead += 1) {
    const database = await open();
    if (!(database instanceof DocumentDatabase)) return database;
    const loaded = await database.load();
    if (loaded.kind === 'rows') return { kind: 'opened', database, loaded };
    database.close();
    if (loaded.kind !== 'dead') return loaded;
  }
  return { kind: 'storage-failed', detail: 'connections die' };
}
