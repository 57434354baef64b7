import { expect, test } from 'vitest';
import { createLog } from '../log.ts';
import { encodeJpeg } from './drawing.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { PictureDrawer } from './picture-drawer.ts';

const log = createLog('silent', Date.now, () => undefined);
const JPEG = encodeJpeg({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 4).fill(120) });
/** By its headers a JPEG, and then nothing that can be decoded. */
const BROKEN = JPEG.map((byte, at) => (JPEG[at - 1] === 0xff && byte === 0xc4 ? 0xfe : byte));

test('[SV121] a picture is drawn in a thread, and what breaks there is refused', { timeout: 30_000 }, async () => {
  const drawer = new PictureDrawer({ limits: { pictureMs: 20_000, waitingPictures: 5 }, log });
  const [whole, broken, nothing] = await Promise.all([
    drawer.draw(JPEG),
    drawer.draw(BROKEN),
    drawer.draw(new Uint8Array([1])),
  ]);
  expect(whole.kind === 'drawn' && readJpegHeader(whole.bytes)).toEqual({ width: 64, height: 64 });
  expect(readJpegHeader(BROKEN)).toBeDefined();
  expect(broken).toEqual({ kind: 'refused' });
  expect(nothing).toEqual({ kind: 'refused' });
});

test('[SV121] one at a time, and only so many may wait', { timeout: 30_000 }, async () => {
  const drawer = new PictureDrawer({ limits: { pictureMs: 20_000, waitingPictures: 2 }, log });
  const kinds = (await Promise.all(Array.from({ length: 4 }, () => drawer.draw(JPEG)))).map(({ kind }) => kind);
  expect(kinds).toEqual(['drawn', 'drawn', 'busy', 'busy']);
  expect(await drawer.draw(JPEG)).toMatchObject({ kind: 'drawn' });
});

test('[SV121] one that takes too long is stopped, which says nothing of the picture', async () => {
  const drawer = new PictureDrawer({ limits: { pictureMs: 0, waitingPictures: 2 }, log });
  expect(await drawer.draw(JPEG)).toEqual({ kind: 'busy' });
});
