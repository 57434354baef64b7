/** Picture files made by hand: honest ones, and such as nobody should decode. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** `bitsPerPixel` 1: black and white; 24: colours. */
function png(width: number, height: number, bitsPerPixel: 1 | 24, pixels: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(bitsPerPixel === 24 ? [8, 2, 0, 0, 0] : [1, 0, 0, 0, 0], 8);
  const data = deflateSync(pixels, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

/** A valid picture: its left half red, its right half blue. */
export function halvesPng(width: number, height: number): Buffer {
  const line = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x += 1) line.set(x < width / 2 ? [220, 30, 30] : [30, 30, 220], 1 + x * 3);
  return png(width, height, 24, Buffer.concat(Array.from({ length: height }, () => line)));
}

/** A valid picture of so many pixels in a few kilobytes; decoded it takes 4 bytes for each. */
export function bombPng(side: number): Buffer {
  return png(side, side, 1, Buffer.alloc((1 + Math.ceil(side / 8)) * side));
}

/** The same JPEG with what a camera says of itself put in front: an EXIF segment that holds `words`. */
export function withExif(jpeg: Uint8Array, words: string): Buffer {
  const content = Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    // A TIFF header, and a first directory without entries.
    Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]),
    Buffer.from(words, 'latin1'),
  ]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}
