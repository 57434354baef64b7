/** What all documents of one running context share. */
import type { Account } from '../../model/log/writer.ts';
import type { DocumentName } from '../../model/protocol/document-name.ts';
import type { MetaDatabase } from '../storage/meta-database.ts';
import { isDocumentName } from '../storage/meta-records.ts';
import type { StorageHealth } from '../storage/storage-health.ts';
import type { TabChannel } from '../tabs/tab-channel.ts';
import type { Heads } from './heads.ts';
import type { OwnClock } from './own-clock.ts';
import type { Repairs } from './repairs.ts';
import type { WaitingEntries } from './waiting-entries.ts';

export interface Device {
  readonly namespace: string;
  readonly account: Account;
  /** Names this running context; it holds the lock `contextLock` as long as it lives. */
  readonly context: string;
  readonly random32: () => number;
  readonly clock: OwnClock;
  readonly meta: MetaDatabase;
  readonly health: StorageHealth;
  readonly tabs: TabChannel;
  readonly waiting: WaitingEntries;
  readonly heads: Heads;
  readonly repairs: Repairs;
  /** Resolves when records and heads of all documents are known, and garbage among them is taken out: before any document is opened. */
  readonly recordsKnown: () => Promise<void>;
  /** Reads the quarantine records again, after this context has written some. */
  readonly quarantined: () => Promise<void>;
}

/** What the names of all databases of a namespace begin with, and those of its documents. */
export const namespacePrefix = (namespace: string): string => `${namespace}/`;
export const metaDatabaseName = (namespace: string): string => `${namespace}/meta`;
export const searchDatabaseName = (namespace: string): string => `${namespace}/search`;
export const documentDatabasePrefix = (namespace: string): string => `${namespace}/doc/`;
export const documentDatabaseName = (namespace: string, document: DocumentName, generation: number): string =>
  `${documentDatabasePrefix(namespace)}${document}#${generation}`;
/** What the name of a document's database says; undefined when it is none. */
export function parseDatabaseName(
  namespace: string,
  name: string,
): { readonly document: DocumentName; readonly generation: number } | undefined {
  const prefix = documentDatabasePrefix(namespace);
  const at = name.lastIndexOf('#');
  const document = name.slice(prefix.length, at);
  const generation = Number(name.slice(at + 1));
  if (!name.startsWith(prefix) || !isDocumentName(document)) return undefined;
  return Number.isSafeInteger(generation) && generation >= 1 ? { document, generation } : undefined;
}
export const tabChannelName = (namespace: string): string => `${namespace}/tabs`;
/** Shared by all open replicas of a namespace; who has it alone may delete their databases. */
export const aliveLock = (namespace: string): string => `${namespace}/alive`;
export const contextLock = (namespace: string, context: string): string => `${namespace}/context/${context}`;
export const electionLock = (namespace: string): string => `${namespace}/elected`;
export const trimLock = (namespace: string, document: DocumentName): string => `${namespace}/trim/${document}`;
export const quarantineLock = (namespace: string, document: DocumentName): string =>
  `${namespace}/quarantine/${document}`;
