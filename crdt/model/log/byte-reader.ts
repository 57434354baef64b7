/**
 * Reads the primitives of Yjs' V1 encoding from bytes of unknown origin: bounds checked, shortest spelling only. Everything that is
 * wrong is thrown as a `Refusal`, which never leaves the gate: with declared lengths up to 2^53 in the input, a reader that cannot
 * be continued by mistake is the safe one.
 */
import type { RefusalCode } from './verdict.ts';
import type { Writer } from './writer.ts';

/** Thrown inside the gate only; `gate()` turns it into a verdict. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** The writers whose entries are at fault; none when the update as a whole is. */
  readonly writers: readonly Writer[];

  constructor(code: RefusalCode, detail: string, writers: readonly Writer[] = []) {
    super(detail);
    this.code = code;
    this.writers = writers;
  }
}

/** Strict as Yjs decodes: no replacement characters, and a byte order mark is text. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** 53 bits in groups of 7: no canonical number is longer. */
const VAR_UINT_BYTES = 8;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get done(): boolean {
    return this.position === this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.position];
    if (value === undefined) throw new Refusal('malformed', 'ends too early');
    this.position += 1;
    return value;
  }

  /** An unsigned integer up to 2^53 - 1. */
  varUint(): number {
    let value = 0;
    let scale = 1;
    for (let count = 1; count <= VAR_UINT_BYTES; count += 1) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (byte === 0 && count > 1) throw new Refusal('malformed', 'overlong number');
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw new Refusal('malformed', 'number out of range');
  }

  /** A signed integer as lib0's `any` holds it: 31 bits and sign, no negative zero. */
  varInt31(): number {
    const first = this.byte();
    let value = first & 63;
    if (first & 128) {
      const rest = this.varUint();
      if (rest === 0) throw new Refusal('malformed', 'overlong number');
      value += rest * 64;
    }
    if (value > 0x7fffffff) throw new Refusal('malformed', 'integer out of range');
    if ((first & 64) === 0) return value;
    if (value === 0) throw new Refusal('bad-entry', 'negative zero');
    return -value;
  }

  float32(): number {
    return this.#view.getFloat32(this.skip(4));
  }

  float64(): number {
    return this.#view.getFloat64(this.skip(8));
  }

  /** Steps over so many bytes; returns where they start. */
  skip(count: number): number {
    const start = this.position;
    if (count > this.#bytes.length - start) throw new Refusal('malformed', 'ends too early');
    this.position = start + count;
    return start;
  }

  text(): string {
    const size = this.varUint();
    const start = this.skip(size);
    try {
      return utf8.decode(this.#bytes.subarray(start, start + size));
    } catch {
      throw new Refusal('malformed', 'text is not UTF-8');
    }
  }
}
