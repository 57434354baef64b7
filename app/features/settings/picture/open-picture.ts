/** From a file to pixels and back to a small file. Nothing leaves the device but the square that the person has chosen. */
import { PICTURE_BYTES } from '../../../../crdt/model/protocol/http.ts';
import type { Crop } from './crop-area.ts';
import { judgePicture, PICTURE_HEADER_BYTES, type PictureRefusal } from './picture-header.ts';

/** The shorter side while one crops: sharp on every screen, and 40 photos of it would fit in the memory of one. */
const WORKING_SIDE_PX = 1_024;
/** The side of what is sent: twice what is served, so that the server's scaling has something to work on. */
const SENT_SIDE_PX = 512;
/** From good to just good enough; the last fits for every picture that is not noise. */
const QUALITIES = [0.9, 0.8, 0.7, 0.55, 0.4, 0.2] as const;

export type OpenedPicture =
  | { readonly kind: 'opened'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'refused'; readonly why: PictureRefusal };

/** Decodes a picture that its header allows, at the size that is needed. Who gets the bitmap closes it. */
export async function openPicture(file: Blob): Promise<OpenedPicture> {
  try {
    const header = new Uint8Array(await file.slice(0, PICTURE_HEADER_BYTES).arrayBuffer());
    const verdict = judgePicture(header, file.size);
    if (verdict.kind === 'refused') return verdict;
    const scale = Math.min(1, WORKING_SIDE_PX / Math.min(verdict.width, verdict.height));
    // Both sides are given, so that the result has a known size whatever the decoder makes of the orientation.
    const bitmap = await createImageBitmap(file, {
      resizeWidth: Math.max(1, Math.round(verdict.width * scale)),
      resizeHeight: Math.max(1, Math.round(verdict.height * scale)),
      resizeQuality: 'high',
    });
    return { kind: 'opened', bitmap };
  } catch {
    // The file has gone, or the decoder gives up on it.
    return { kind: 'refused', why: 'broken' };
  }
}

/** Draws the square in the size of the canvas; transparent places become white, as JPEG has none. */
export function drawCrop(canvas: HTMLCanvasElement, bitmap: ImageBitmap, { x, y, side }: Crop): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, x, y, side, side, 0, 0, canvas.width, canvas.height);
}

/** The square as a JPEG of pixels alone: where and with what it was taken is gone. Undefined when this browser can't make one that fits. */
export async function encodeCrop(bitmap: ImageBitmap, crop: Crop): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = SENT_SIDE_PX;
  canvas.height = SENT_SIDE_PX;
  drawCrop(canvas, bitmap, crop);
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob?.type === 'image/jpeg' && blob.size <= PICTURE_BYTES) return blob;
  }
  return undefined;
}
