import { expect, test } from 'vitest';
import { judgePicture, PICTURE_MOST_BYTES, type PictureVerdict } from './picture-header.ts';

const ascii = (letters: string): number[] => Array.from(letters, (letter) => letter.charCodeAt(0));
const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const u16 = (value: number): number[] => [value >>> 8, value & 255];

const png = (width: number, height: number): number[] => [
  0x89,
  ...ascii('PNG\r\n\x1a\n'),
  ...u32(13),
  ...ascii('IHDR'),
  ...u32(width),
  ...u32(height),
  ...[8, 6, 0, 0, 0],
];

/** Start, an EXIF segment with an orientation, and a frame header. */
function jpeg(width: number, height: number, orientation: number): number[] {
  const tag = [...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation), 0, 0];
  const exif = [...ascii('Exif\0\0'), ...ascii('MM'), ...u16(42), ...u32(8), ...u16(1), ...tag, ...u32(0)];
  const frame = [8, ...u16(height), ...u16(width), 1, 1, 0x11, 0];
  const segment = (marker: number, bytes: readonly number[]): number[] => [
    0xff,
    marker,
    ...u16(bytes.length + 2),
    ...bytes,
  ];
  return [0xff, 0xd8, ...segment(0xe1, exif), ...segment(0xc0, frame), ...segment(0xda, [1, 1, 0, 0, 63, 0])];
}

const webp = (width: number, height: number): number[] => [
  ...[...ascii('RIFF'), ...u32(0), ...ascii('WEBPVP8X'), ...u32(0)],
  ...[0, 0, 0, 0],
  ...u32(width - 1)
    .toReversed()
    .slice(0, 3),
  ...u32(height - 1)
    .toReversed()
    .slice(0, 3),
];

const judge = (bytes: readonly number[], sizeBytes = bytes.length): PictureVerdict =>
  judgePicture(Uint8Array.from(bytes), sizeBytes);
const why = (bytes: readonly number[], sizeBytes?: number): string => {
  const verdict = judge(bytes, sizeBytes);
  return verdict.kind === 'refused' ? verdict.why : verdict.kind;
};

test('[P1] the size is read from the first bytes of PNG, JPEG and WebP', () => {
  expect(judge(png(640, 480))).toEqual({ kind: 'picture', width: 640, height: 480 });
  expect(judge(webp(640, 480))).toEqual({ kind: 'picture', width: 640, height: 480 });
  expect(judge(jpeg(640, 480, 1))).toEqual({ kind: 'picture', width: 640, height: 480 });
});

test('[P1] a photo that was taken on its side is measured upright', () => {
  expect(judge(jpeg(640, 480, 6))).toEqual({ kind: 'picture', width: 480, height: 640 });
});

test('[P1] more pixels than a photo has are refused, however small the file', () => {
  expect(why(png(30_000, 30_000))).toBe('too-many-pixels');
  expect(why(png(2 ** 32 - 1, 2 ** 32 - 1))).toBe('too-many-pixels');
  expect(why(jpeg(65_535, 65_535, 1))).toBe('too-many-pixels');
  expect(why(png(8_000, 6_000))).toBe('picture');
});

test('[P1] more bytes than a photo has are refused, however few pixels', () => {
  expect(why(png(100, 100), PICTURE_MOST_BYTES + 1)).toBe('too-many-bytes');
});

test('[P1] what is no picture is refused', () => {
  for (const bytes of [
    [],
    ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ascii('Das ist ein Brief und kein Bild.'),
    png(0, 100),
    png(100, 100).slice(0, 15),
    [0x89, ...ascii('PNG\r\n\x1a\n'), ...u32(4), ...ascii('tEXt and so on')],
    jpeg(640, 480, 1).slice(0, 30),
    [0xff, 0xd8, ...Array.from({ length: 300 }, () => 0xff)],
    [...ascii('RIFF'), ...u32(0), ...ascii('WEBPVP8X'), ...Array.from({ length: 20 }, () => 0xff)],
  ]) {
    expect(why(bytes), String.fromCharCode(...bytes.slice(0, 40))).toBe('no-picture');
  }
});

test('[P1] pictures that not every browser shows, or whose header does not bind, are told apart', () => {
  expect(why([...u32(24), ...ascii('ftypheic'), ...Array.from({ length: 12 }, () => 0)])).toBe('format');
  expect(why([...u32(24), ...ascii('ftypavif'), ...Array.from({ length: 12 }, () => 0)])).toBe('format');
  expect(why([...ascii('GIF89a'), 1, 0, 1, 0, 0, 0, 0, 0, 0, 0])).toBe('format');
});
