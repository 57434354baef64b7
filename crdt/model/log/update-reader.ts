/**
 * The frame of a V1 update: client blocks, struct headers, delete set. It knows all that Yjs may write, so that what belongs to
 * others can be stepped over; it builds no Yjs type and keeps nothing but numbers and names.
 *
 *     update    = blocks: count, block*          delete set: count, (client, count, (clock, length)*)*
 *     block     = struct count, client, first clock, struct*
 *     struct    = info byte, [origin: client, clock], [right origin: client, clock], [parent], [parent key], content
 */
import { Refusal, type ByteReader } from './byte-reader.ts';
import { skipAny } from './json-reader.ts';

/** Low five bits of the info byte: what a struct holds. */
export const CONTENT = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
} as const;

const HAS_ORIGIN = 128;
const HAS_RIGHT_ORIGIN = 64;
const HAS_PARENT_KEY = 32;
const CONTENT_BITS = 31;
/** Of the type references, XML elements and hooks carry a name. */
const NAMED_TYPES: readonly number[] = [3, 5];
const LAST_TYPE = 6;

export interface BlockHeader {
  readonly structs: number;
  readonly client: number;
  readonly clock: number;
}

/** Where an item says that it belongs. */
export interface StructHeader {
  readonly content: number;
  /** Left neighbour at the time of writing. */
  readonly origin: { readonly client: number; readonly clock: number } | undefined;
  readonly hasRightOrigin: boolean;
  /** Name of the root it lies in; undefined when its neighbours tell, or when its parent is another item. */
  readonly root: string | undefined;
  /** It is the value of a map key. */
  readonly isKeyed: boolean;
}

export function readBlockHeader(reader: ByteReader): BlockHeader {
  const header = { structs: reader.varUint(), client: reader.varUint(), clock: reader.varUint() };
  if (header.structs === 0) throw new Refusal('malformed', 'empty block');
  return header;
}

export function readStructHeader(reader: ByteReader): StructHeader {
  const info = reader.byte();
  const content = info & CONTENT_BITS;
  if (content > CONTENT.skip) throw new Refusal('malformed', 'unknown content');
  if (content === CONTENT.gc || content === CONTENT.skip) {
    if (info !== content) throw new Refusal('malformed', 'struct flags');
    return { content, origin: undefined, hasRightOrigin: false, root: undefined, isKeyed: false };
  }
  const origin = info & HAS_ORIGIN ? { client: reader.varUint(), clock: reader.varUint() } : undefined;
  const hasRightOrigin = (info & HAS_RIGHT_ORIGIN) !== 0;
  if (hasRightOrigin) skipId(reader);
  const isKeyed = (info & HAS_PARENT_KEY) !== 0;
  let root: string | undefined;
  if (origin === undefined && !hasRightOrigin) {
    const isRoot = reader.varUint();
    if (isRoot > 1) throw new Refusal('malformed', 'parent');
    if (isRoot === 1) root = reader.text();
    else skipId(reader);
    if (isKeyed) skipBytes(reader);
  }
  return { content, origin, hasRightOrigin, root, isKeyed };
}

/** Steps over what a struct of this content holds; returns how many clocks it takes. */
export function skipContent(reader: ByteReader, content: number): number {
  switch (content) {
    case CONTENT.gc:
    case CONTENT.deleted:
    case CONTENT.skip:
      return readLength(reader);
    case CONTENT.any: {
      const length = readLength(reader);
      for (let left = length; left > 0; left -= 1) skipAny(reader);
      return length;
    }
    case CONTENT.json: {
      const length = readLength(reader);
      for (let left = length; left > 0; left -= 1) skipBytes(reader);
      return length;
    }
    case CONTENT.string: {
      const length = reader.text().length;
      if (length === 0) throw new Refusal('malformed', 'empty struct');
      return length;
    }
    case CONTENT.type: {
      const type = reader.varUint();
      if (type > LAST_TYPE) throw new Refusal('malformed', 'unknown type');
      if (NAMED_TYPES.includes(type)) skipBytes(reader);
      return 1;
    }
    case CONTENT.format:
      skipBytes(reader);
      skipBytes(reader);
      return 1;
    case CONTENT.doc:
      skipBytes(reader);
      skipAny(reader);
      return 1;
    case CONTENT.binary:
    case CONTENT.embed:
      skipBytes(reader);
      return 1;
    default:
      throw new Refusal('malformed', 'unknown content');
  }
}

/** The clocks that a struct takes; a struct of none would be a place where nothing is. */
export function readLength(reader: ByteReader): number {
  const length = reader.varUint();
  if (length === 0) throw new Refusal('malformed', 'empty struct');
  return length;
}

/** Steps over the delete set; returns how many ranges it has. */
export function skipDeleteSet(reader: ByteReader): number {
  let ranges = 0;
  for (let clients = reader.varUint(); clients > 0; clients -= 1) {
    reader.varUint();
    for (let left = reader.varUint(); left > 0; left -= 1) {
      reader.varUint();
      reader.varUint();
      ranges += 1;
    }
  }
  return ranges;
}

const skipId = (reader: ByteReader): void => {
  reader.varUint();
  reader.varUint();
};

const skipBytes = (reader: ByteReader): void => {
  reader.skip(reader.varUint());
};
