/** Writes V1 updates struct by struct, also such as no honest client would; for tests of what reads them. */
import * as encoding from 'lib0/encoding';

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

type Write = (encoder: encoding.Encoder) => void;

export interface RawStruct {
  readonly content: number;
  readonly origin?: readonly [client: number, clock: number];
  readonly rightOrigin?: readonly [client: number, clock: number];
  /** A root's name, or the id of an item that holds a type; needed without origins. */
  readonly parent?: string | readonly [client: number, clock: number];
  readonly key?: string;
  /** Writes what follows the header: lengths and values. */
  readonly body: Write;
}

export interface RawBlock {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly RawStruct[];
  /** Says another number of structs than there are. */
  readonly declared?: number;
}

export interface RawUpdate {
  readonly blocks: readonly RawBlock[];
  readonly deletions?: readonly (readonly [
    client: number,
    ranges: readonly (readonly [clock: number, length: number])[],
  ])[];
}

export const raw =
  (...bytes: readonly number[]): Write =>
  (encoder) => {
    for (const byte of bytes) encoding.writeUint8(encoder, byte);
  };

/** A length alone: GC, Skip, ContentDeleted. */
export const length =
  (count: number): Write =>
  (encoder) =>
    encoding.writeVarUint(encoder, count);

export const values =
  (list: readonly unknown[], declared: number = list.length): Write =>
  (encoder) => {
    encoding.writeVarUint(encoder, declared);
    for (const value of list) encoding.writeAny(encoder, value as encoding.AnyEncodable);
  };

export const strings =
  (...list: readonly string[]): Write =>
  (encoder) => {
    for (const text of list) encoding.writeVarString(encoder, text);
  };

export const both =
  (...writes: readonly Write[]): Write =>
  (encoder) => {
    for (const write of writes) write(encoder);
  };

/** Values as an honest writer appends them. */
export const append = (client: number, clock: number, list: readonly unknown[], root = `log/${client}`): RawStruct => ({
  content: CONTENT.any,
  ...(clock === 0 ? { parent: root } : { origin: [client, clock - 1] as const }),
  body: values(list),
});

/** Erased entries as an honest document holds them. */
export const erased = (client: number, clock: number, count: number, root = `log/${client}`): RawStruct => ({
  ...append(client, clock, [], root),
  content: CONTENT.deleted,
  body: length(count),
});

export const skip = (count: number): RawStruct => ({ content: CONTENT.skip, body: length(count) });
export const gc = (count: number): RawStruct => ({ content: CONTENT.gc, body: length(count) });

const writeStruct = (encoder: encoding.Encoder, struct: RawStruct): void => {
  const { content, origin, rightOrigin, parent, key, body } = struct;
  const flags = (origin ? 128 : 0) | (rightOrigin ? 64 : 0) | (key === undefined ? 0 : 32);
  encoding.writeUint8(encoder, content | flags);
  for (const id of [origin, rightOrigin]) {
    if (id === undefined) continue;
    encoding.writeVarUint(encoder, id[0]);
    encoding.writeVarUint(encoder, id[1]);
  }
  if (content !== CONTENT.gc && content !== CONTENT.skip && origin === undefined && rightOrigin === undefined) {
    if (typeof parent === 'string') {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, parent);
    } else {
      const [client, clock] = parent ?? [0, 0];
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
    }
    if (key !== undefined) encoding.writeVarString(encoder, key);
  }
  body(encoder);
};

/** The update's bytes. */
export function rawUpdate({ blocks, deletions = [] }: RawUpdate): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, blocks.length);
  for (const block of blocks) {
    encoding.writeVarUint(encoder, block.declared ?? block.structs.length);
    encoding.writeVarUint(encoder, block.client);
    encoding.writeVarUint(encoder, block.clock);
    for (const struct of block.structs) writeStruct(encoder, struct);
  }
  encoding.writeVarUint(encoder, deletions.length);
  for (const [client, ranges] of deletions) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const [clock, count] of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, count);
    }
  }
  return encoding.toUint8Array(encoder);
}

/** An update of one block. */
export const rawBlock = (client: number, clock: number, ...structs: readonly RawStruct[]): Uint8Array =>
  rawUpdate({ blocks: [{ client, clock, structs }] });
