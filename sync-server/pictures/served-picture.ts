import { PICTURE_SIDE, SERVED_PICTURE_SIDE } from '../../crdt/model/protocol/http.ts';
import { decodeJpeg, encodeJpeg, middleSquare, type Drawing } from './drawing.ts';
import { readJpegHeader } from './jpeg-header.ts';

/** Smaller ones are no portraits. */
const LEAST_SIDE = 16;

/** True for what is worth decoding: by its headers a sequential JPEG within the bounds. */
export function isAcceptable(bytes: Uint8Array): boolean {
  const header = readJpegHeader(bytes);
  if (header === undefined) return false;
  const { width, height } = header;
  return Math.max(width, height) <= PICTURE_SIDE && Math.min(width, height) >= LEAST_SIDE;
}

/** The picture as it is served, drawn anew from the pixels of what was sent: nothing else of it remains. Undefined when it is broken. */
export function servedPicture(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (!isAcceptable(bytes)) return undefined;
  let drawing: Drawing;
  try {
    drawing = decodeJpeg(bytes);
  } catch {
    return undefined;
  }
  return encodeJpeg(middleSquare(drawing, SERVED_PICTURE_SIDE));
}
