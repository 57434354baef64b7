/**
 * What a chosen file is, judged by its first bytes alone: a small file can claim to be 30,000 x 30,000 pixels, which is 3.6 GB once
 * it is decoded. The name of a file and the type that the system guesses from it say nothing.
 */
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import { HEIF } from 'image-size/types/heif';

/** For the file dialog; phones then convert their own format. */
export const PICTURE_TYPES = 'image/jpeg,image/png,image/webp';

/** The largest photo of today's phones in their usual setting; decoded it takes 200 MB for a moment. */
export const PICTURE_MOST_PIXELS = 50_000_000;
/** More than a photo of that size has as JPEG; PNGs of that size are no photos. */
export const PICTURE_MOST_BYTES = 30_000_000;
/** The size stands in front, behind what cameras tell of themselves: preview and colour profile. */
export const PICTURE_HEADER_BYTES = 512 * 1024;

/** EXIF orientations from here on are turned by a quarter. */
const LYING = 5;

export type PictureRefusal =
  /** Nothing that is known as a picture, or too broken to tell its size. */
  | 'no-picture'
  /** A picture of a kind that not every browser can show. */
  | 'format'
  | 'too-many-bytes'
  | 'too-many-pixels'
  /** It begins like a picture and can't be decoded. */
  | 'broken';

export type PictureVerdict =
  /** Width and height in pixels, upright. */
  | { readonly kind: 'picture'; readonly width: number; readonly height: number }
  | { readonly kind: 'refused'; readonly why: PictureRefusal };

const refused = (why: PictureRefusal): PictureVerdict => ({ kind: 'refused', why });

/** In GIF, frames may be larger than the header says. */
const isGif = (bytes: Uint8Array): boolean => startsWith(bytes, 'GIF8');
const isTiff = (bytes: Uint8Array): boolean => startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*');
const isHeif = (bytes: Uint8Array): boolean => bytes.length >= 12 && HEIF.validate(bytes);

function startsWith(bytes: Uint8Array, letters: string): boolean {
  return Array.from(letters).every((letter, at) => bytes[at] === letter.charCodeAt(0));
}

/** `header`: the file's first bytes, PICTURE_HEADER_BYTES of them or all. */
export function judgePicture(header: Uint8Array, sizeBytes: number): PictureVerdict {
  if (sizeBytes > PICTURE_MOST_BYTES) return refused('too-many-bytes');
  if (isGif(header) || isTiff(header) || isHeif(header)) return refused('format');
  try {
    const format = header.length < 16 ? undefined : [JPG, PNG, WEBP].find((one) => one.validate(header));
    if (format === undefined) return refused('no-picture');
    const { width, height, orientation } = format.calculate(header);
    if (!(width > 0 && height > 0)) return refused('no-picture');
    if (width * height > PICTURE_MOST_PIXELS) return refused('too-many-pixels');
    const onItsSide = orientation !== undefined && orientation >= LYING;
    return { kind: 'picture', width: onItsSide ? height : width, height: onItsSide ? width : height };
  } catch {
    return refused('no-picture');
  }
}
