/**
 * What lies in the meta database, and how it is told from garbage: a disk or a person may have damaged any value, and what is not
 * understood counts as absent.
 */
import type { PageDigest } from '../../model/chat/digest.ts';
import type { ChatAction } from '../../model/chat/entry.ts';
import type { Receipts } from '../../model/chat/receipts.ts';
import type { Tuple } from '../../model/log/append.ts';
import { isClock, placeOf, type EntryId, type Place } from '../../model/log/entry-id.ts';
import { isCount } from '../../model/log/server-log.ts';
import { isStamp } from '../../model/log/stamp.ts';
import { isWriter } from '../../model/log/writer.ts';
import { parseDocumentName, type ChatId, type DocumentName } from '../../model/protocol/document-name.ts';

/** Where the server's log was when this device last knew everything before it. */
export interface CatchUpPoint {
  readonly epoch: string;
  readonly cursor: number;
}

/** Where a document stands on the server, as far as it is stored here. */
export interface Head {
  readonly number: number;
  /** 0: not known to be as the server has it. */
  readonly sequence: number;
}

export interface DocumentRecord {
  /** Counts databases of this document; a quarantine begins the next. */
  readonly generation: number;
  /** The document has been in step with the server once, and nothing of it was lost since. */
  readonly complete: boolean;
}

/** A context that has written, or is about to write, into a document and has not seen everything arrive. */
export interface UnsentMark {
  readonly document: DocumentName;
  readonly context: string;
}

/** An own entry that was refused; it lives here and no longer in a document. */
export interface QuarantineRecord {
  readonly id: EntryId;
  readonly document: DocumentName;
  /** The generation that it was taken out of; later ones are without it. */
  readonly generation: number;
  readonly tuple: Tuple;
  /** `me` entries have none. */
  readonly action: ChatAction | undefined;
  readonly code: string;
  readonly attempts: number;
  /** `resend`: goes out again by itself; `failed`: the person decides. */
  readonly state: 'resend' | 'failed';
  /** Under which id it goes out, when another entry lies at its own. */
  readonly first?: Place;
}

/** A page's digest, and the arrival number at which the page stood. */
export interface KeptDigest extends PageDigest {
  readonly head: number;
}

/** What the server, in one of its histories, is known to know of this device: up to where it has others' messages. */
export interface ToldDeliveries {
  readonly epoch: string;
  readonly upTo: ReadonlyMap<ChatId, number>;
}

/** The facts of a document, so that a start needs not build the document, and its head when they were read. */
export interface KeptFacts extends Head {
  /** Keys and values as JSON, in parts that are parsed in turns. */
  readonly parts: readonly string[];
}

/** A document whose local copy was damaged. */
export interface RepairNote {
  /** It is here again, as far as the server has it. */
  readonly fetched: boolean;
  /** Something unsent may have been in what can't be read. */
  readonly mayLackOwn: boolean;
  /** The person knows. */
  readonly acknowledged: boolean;
}

export const documentsOf = (marks: readonly UnsentMark[]): ReadonlySet<DocumentName> =>
  new Set(marks.map(({ document }) => document));

export const isDocumentName = (value: unknown): value is DocumentName =>
  typeof value === 'string' && parseDocumentName(value) !== undefined;

export const isCatchUpPoint = (value: unknown): value is CatchUpPoint =>
  isObject(value) && typeof value['epoch'] === 'string' && isCount(value['cursor']);

export const isHead = (value: unknown): value is Head =>
  isObject(value) && isCount(value['number']) && isCount(value['sequence']);

export const isDocumentRecord = (value: unknown): value is DocumentRecord =>
  isObject(value) && isCount(value['generation']) && value['generation'] >= 1 && typeof value['complete'] === 'boolean';

export const isUnsentMark = (value: unknown): value is UnsentMark =>
  isObject(value) && isDocumentName(value['document']) && typeof value['context'] === 'string';

/** The action is that of the tuple, which whoever sends it again parses. */
export const isQuarantineRecord = (value: unknown): value is QuarantineRecord =>
  isObject(value) &&
  typeof value['id'] === 'string' &&
  placeOf(value['id']) !== undefined &&
  isDocumentName(value['document']) &&
  isCount(value['generation']) &&
  Array.isArray(value['tuple']) &&
  (value['action'] === undefined || (isObject(value['action']) && typeof value['action']['kind'] === 'string')) &&
  typeof value['code'] === 'string' &&
  isCount(value['attempts']) &&
  (value['state'] === 'resend' || value['state'] === 'failed') &&
  (value['first'] === undefined ||
    (isObject(value['first']) && isWriter(value['first']['writer']) && isClock(value['first']['clock'])));

/** `latest` is taken as it is once it has the fields that a list shows. */
export const isKeptDigest = (value: unknown): value is KeptDigest =>
  isObject(value) &&
  isCount(value['head']) &&
  isCount(value['others']) &&
  isCount(value['upTo']) &&
  isCount(value['unread']) &&
  (value['latest'] === undefined ||
    (isObject(value['latest']) &&
      typeof value['latest']['id'] === 'string' &&
      typeof value['latest']['text'] === 'string' &&
      typeof value['latest']['timeMs'] === 'number' &&
      isStamp(value['latest']['stamp']) &&
      typeof value['latest']['effective'] === 'number'));

export const isToldDeliveries = (value: unknown): value is ToldDeliveries =>
  isObject(value) && typeof value['epoch'] === 'string' && value['upTo'] instanceof Map;

export const isReceipts = (value: unknown): value is Receipts =>
  isObject(value) &&
  (value['kind'] === 'people'
    ? value['delivered'] instanceof Map && value['read'] instanceof Map
    : value['kind'] === 'counts' &&
      isCount(value['members']) &&
      Array.isArray(value['delivered']) &&
      Array.isArray(value['read']));

export const isKeptFacts = (value: unknown): value is KeptFacts =>
  isObject(value) &&
  isHead(value) &&
  'parts' in value &&
  Array.isArray(value['parts']) &&
  value['parts'].every((part) => typeof part === 'string');

export const isRepairNote = (value: unknown): value is RepairNote =>
  isObject(value) &&
  typeof value['fetched'] === 'boolean' &&
  typeof value['mayLackOwn'] === 'boolean' &&
  typeof value['acknowledged'] === 'boolean';

/** A finite number, for the clock's offset. */
export const isOffset = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
