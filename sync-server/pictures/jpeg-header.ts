/**
 * What a JPEG says of itself, read marker by marker before anything is decoded. Every header that a decoder would read is read, not
 * only the first: a second frame header with other sides is how such a check is got around.
 */

export interface JpegHeader {
  readonly width: number;
  readonly height: number;
}

/** Interleaved files have one scan, others one for each component. Progressive files, with dozens, are refused altogether. */
const MOST_SCANS = 3;
const MOST_SAMPLING = 4;

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const HUFFMAN_TABLES = 0xc4;
/** Baseline and extended sequential: what a canvas writes. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1]);

/** Other frames, arithmetic coding, and markers that have no place between segments. */
const isForeign = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== HUFFMAN_TABLES) ||
  marker <= 0x01 ||
  (marker >= 0xd0 && marker <= START_OF_IMAGE);

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The sides of a whole, sequential JPEG of one frame with one or three components; undefined for everything else. Never throws. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  if (word(bytes, 0) !== ((0xff << 8) | START_OF_IMAGE)) return undefined;
  let header: JpegHeader | undefined;
  let scans = 0;
  let at = 2;
  for (;;) {
    if (bytes[at] !== 0xff) return undefined;
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === undefined) return undefined;
    if (marker === END_OF_IMAGE) return scans > 0 ? header : undefined;
    const length = word(bytes, at);
    if (length < 2 || at + length > bytes.length) return undefined;
    if (FRAMES.has(marker)) {
      if (header !== undefined) return undefined;
      header = readFrame(bytes.subarray(at + 2, at + length));
      if (header === undefined) return undefined;
    } else if (marker === START_OF_SCAN) {
      scans += 1;
      if (header === undefined || scans > MOST_SCANS) return undefined;
    } else if (isForeign(marker)) return undefined;
    at += length;
    if (marker === START_OF_SCAN) at = afterScan(bytes, at);
  }
}

function readFrame(segment: Uint8Array): JpegHeader | undefined {
  const [height, width] = [word(segment, 1), word(segment, 3)];
  const components = segment[5] ?? 0;
  if (segment[0] !== 8 || width === 0 || height === 0) return undefined;
  if ((components !== 1 && components !== 3) || segment.length !== 6 + 3 * components) return undefined;
  for (let component = 0; component < components; component += 1) {
    const sampling = segment[7 + 3 * component] ?? 0;
    const [across, down] = [sampling >> 4, sampling & 0xf];
    if (across < 1 || across > MOST_SAMPLING || down < 1 || down > MOST_SAMPLING) return undefined;
  }
  return { width, height };
}

/** Where the marker stands that ends a scan: behind 0xff stand zeros and restarts within one. */
function afterScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    const isWithin = next === 0x00 || next === 0xff || (next >= 0xd0 && next <= 0xd7);
    if (!isWithin) return at;
  }
  return bytes.length;
}
