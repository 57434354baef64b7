/**
 * The seeded generator behind every test, proof, bench and the demo: xoshiro128** (Blackman and Vigna, 2018), its state filled by
 * splitmix32. The same seed gives the same numbers on every machine.
 */
export interface Random {
  /** Uniform 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1). */
  unit(): number;
  /** Uniform integer from `min` to `max`, both inclusive. */
  integer(min: number, max: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One element, each as likely; throws when there is none. */
  pick<T>(from: readonly T[]): T;
  /** The elements in random order, in a new array. */
  shuffle<T>(from: readonly T[]): T[];
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** An independent generator; the same label gives the same one. */
  fork(label: string): Random;
}

const rotateLeft = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

function* splitmix32(seed: number): Generator<number, never> {
  let state = seed | 0;
  for (;;) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    yield (mixed ^ (mixed >>> 15)) >>> 0;
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

export function seededRandom(seed: number): Random {
  const filler = splitmix32(seed);
  let a = filler.next().value;
  let b = filler.next().value;
  let c = filler.next().value;
  let d = filler.next().value;

  const uint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  const unit = (): number => uint32() / 2 ** 32;
  const integer = (min: number, max: number): number => min + Math.floor(unit() * (max - min + 1));

  return {
    uint32,
    unit,
    integer,
    chance: (probability) => unit() < probability,
    pick: (from) => {
      const chosen = from[integer(0, from.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
    shuffle: (from) => {
      const keyed = from.map((value) => ({ value, key: unit() }));
      return keyed.sort((one, other) => one.key - other.key).map(({ value }) => value);
    },
    bytes: (length) => Uint8Array.from({ length }, () => uint32() & 0xff),
    fork: (label) => seededRandom(seed ^ hash(label)),
  };
}
