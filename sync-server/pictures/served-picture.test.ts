import { expect, test } from 'vitest';
import { seededRandom } from '../operations/demo/random.ts';
import { decodeJpeg, encodeJpeg, middleSquare, type Drawing } from './drawing.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { servedPicture } from './served-picture.ts';

/** 24 x 24 as Chromium's canvas writes it: with a colour profile and smaller colour components. */
const FROM_CANVAS = new Uint8Array(
  Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAYABgDASIAAhEBAxEB/8QAGQABAAMBAQAAAAAAAAAAAAAAAAMEBQEC/8QAJxAAAQQBAQYHAAAAAAAAAAAAAwABAgQREgUVMUGB0RZUVWFxk6P/xAAXAQADAQAAAAAAAAAAAAAAAAABBAUA/8QAGREAAwEBAQAAAAAAAAAAAAAAAAIDAREh/9oADAMBAAIRAxEAPwClUqnu2YVq0NZZ50xyzZw2efsy0vC22/JfrDusoJSgKxQEmMkeEoSdnbqys722n6jb++XdGcipezd8IbdU9KzOvZhoLDGqOWfGWzy+UXkpSnK5TkmQkuMpyd3fq6J5ZeE9rekaIi0lwNm06iInlXOE123p/9k=',
    'base64',
  ),
);

function gradient(width: number, height: number): Drawing {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set([(x * 255) / width, (y * 255) / height, 128, 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

const jpegOf = (width: number, height: number): Uint8Array => encodeJpeg(gradient(width, height));
const headerOf = (picture: Uint8Array | undefined) => picture && readJpegHeader(picture);
const text = (value: string): number[] => [...Buffer.from(value)];

/** A segment put in behind the start of the image. */
const withSegment = (jpeg: Uint8Array, marker: number, body: readonly number[]): Uint8Array =>
  new Uint8Array([
    ...jpeg.subarray(0, 2),
    0xff,
    marker,
    (body.length + 2) >> 8,
    (body.length + 2) & 0xff,
    ...body,
    ...jpeg.subarray(2),
  ]);

/** The same file with other sides in its frame header. */
function withSides(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const changed = new Uint8Array(jpeg);
  const frame = changed.findIndex((byte, at) => byte === 0xff && changed[at + 1] === 0xc0);
  changed.set([height >> 8, height & 0xff, width >> 8, width & 0xff], frame + 5);
  return changed;
}

test('[SV120] a picture is drawn anew with sides of 256 pixels, and never made larger', () => {
  expect(headerOf(servedPicture(jpegOf(512, 512)))).toEqual({ width: 256, height: 256 });
  expect(headerOf(servedPicture(jpegOf(300, 200)))).toEqual({ width: 200, height: 200 });
  expect(headerOf(servedPicture(FROM_CANVAS))).toEqual({ width: 24, height: 24 });
});

test('[SV120] it looks as it did', () => {
  const served = servedPicture(jpegOf(512, 512));
  if (served === undefined) throw new Error('refused');
  const { data } = decodeJpeg(served);
  for (const [x, y] of [
    [10, 10],
    [128, 128],
    [250, 30],
  ] as const) {
    const at = (y * 256 + x) * 4;
    expect(Math.abs((data[at] ?? 0) - x)).toBeLessThan(8);
    expect(Math.abs((data[at + 1] ?? 0) - y)).toBeLessThan(8);
  }
});

test('[SV120] the middle of a wide picture is taken, every pixel counting by its share', () => {
  const data = new Uint8Array([0, 90, 30, 60, 120, 0].flatMap((value) => [value, value, value, 255]));
  const wide: Drawing = { width: 6, height: 1, data };
  expect([...middleSquare(wide, 1).data]).toEqual([30, 30, 30, 255]);
  const square: Drawing = { width: 3, height: 3, data: new Uint8Array(Array.from({ length: 36 }, () => 90)) };
  expect([...middleSquare(square, 2).data].filter((_, index) => index % 4 === 0)).toEqual([90, 90, 90, 90]);
});

test('[SV121] nothing of the file remains but its pixels', () => {
  const secret = 'GPS 50.9375 6.9603';
  const sent = withSegment(withSegment(jpegOf(64, 64), 0xe1, text(`Exif ${secret}`)), 0xfe, text('<script>'));
  const served = servedPicture(new Uint8Array([...sent, ...text('<html><script>')]));
  expect(served).toBeDefined();
  const left = Buffer.from(served ?? []).toString('latin1');
  expect(left).not.toContain(secret);
  expect(left).not.toContain('script');
  expect(served).toEqual(servedPicture(jpegOf(64, 64)));
});

const whole = jpegOf(64, 64);
test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array()],
  ['a PNG', new Uint8Array([0x89, ...text('PNG'), 0x0d, 0x0a, 0x1a, 0x0a, ...whole])],
  ['an SVG', new Uint8Array(text('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
  ['a page', new Uint8Array(text('<!doctype html><script>alert(1)</script>'))],
  ['a JPEG that ends too early', whole.subarray(0, whole.length - 40)],
  ['a header alone', whole.subarray(0, 200)],
  ['a JPEG of too many pixels', withSides(whole, 513, 64)],
  ['a bomb of 65,535 x 65,535', withSides(whole, 65_535, 65_535)],
  ['a JPEG without pixels', withSides(whole, 0, 0)],
  ['a JPEG of too few pixels', jpegOf(8, 8)],
  ['a progressive one', whole.map((byte, at) => (whole[at - 1] === 0xff && byte === 0xc0 ? 0xc2 : byte))],
  ['one with arithmetic coding', withSegment(whole, 0xcc, [0, 0])],
  ['one with a second frame header', withSegment(whole, 0xc0, [8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0])],
  ['one of four components', withSegment(whole, 0xc0, [8, 0, 64, 0, 64, 4, ...Array.from({ length: 12 }, () => 0x11)])],
  ['one with a huge sampling', withSegment(whole, 0xc0, [8, 0, 64, 0, 64, 1, 1, 0xff, 0])],
  ['a segment longer than the file', new Uint8Array([...whole.subarray(0, 2), 0xff, 0xe1, 0xff, 0xff, 1])],
  [
    'one of a thousand scans',
    new Uint8Array([
      ...whole.subarray(0, whole.length - 2),
      ...Array.from({ length: 1_000 }, () => [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]).flat(),
      0xff,
      0xd9,
    ]),
  ],
])('[SV121] %s is refused', (_, bytes) => {
  expect(servedPicture(bytes)).toBeUndefined();
});

test(
  '[SV121] of a thousand mutated pictures none does harm or takes longer than a second',
  { timeout: 120_000 },
  () => {
    const random = seededRandom(20_261_122);
    const seeds = [FROM_CANVAS, jpegOf(64, 48), jpegOf(16, 16), withSegment(jpegOf(40, 40), 0xe1, text('Exif'))];
    let drawn = 0;
    let slowestMs = 0;
    for (let round = 0; round < 1_000; round += 1) {
      const seed = seeds[round % seeds.length] ?? FROM_CANVAS;
      let bytes = new Uint8Array(seed);
      const changes = 1 + (random.uint32() % 8);
      for (let change = 0; change < changes; change += 1) {
        const at = random.uint32() % bytes.length;
        switch (random.uint32() % 4) {
          case 0:
            bytes[at] = random.uint32() & 0xff;
            break;
          case 1:
            bytes[at] = (bytes[at] ?? 0) ^ (1 << (random.uint32() % 8));
            break;
          case 2:
            bytes = new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + 1 + (random.uint32() % 8))]);
            break;
          default: {
            const from = random.uint32() % bytes.length;
            bytes = new Uint8Array([
              ...bytes.subarray(0, at),
              ...bytes.subarray(from, from + 16),
              ...bytes.subarray(at),
            ]);
          }
        }
        if (bytes.length === 0) bytes = new Uint8Array([0xff]);
      }
      // Of this thread: a busy machine is not the picture's fault.
      const before = process.threadCpuUsage();
      const served = servedPicture(bytes);
      const { user, system } = process.threadCpuUsage(before);
      slowestMs = Math.max(slowestMs, (user + system) / 1_000);
      if (served === undefined) continue;
      drawn += 1;
      const header = readJpegHeader(served);
      expect(header !== undefined && header.width === header.height && header.width <= 256).toBe(true);
    }
    expect(slowestMs).toBeLessThan(1_000);
    // Else the mutations would only try the header.
    expect(drawn).toBeGreaterThan(100);
  },
);
