/** Pixels and JPEG: the only place that decodes or encodes pictures. */
import jpeg from 'jpeg-js';

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8Array;
}

/** Of 100; a portrait of 256 x 256 has 10 to 20 kB then. */
const QUALITY = 82;
/** Of the decoder; 512 x 512 pixels in three full components take about 8 MB. */
const DECODER_MEMORY_MB = 32;
const DECODER_PIXELS_MP = 0.3;

/** Throws for what is no JPEG. Its header must have been looked at before. */
export const decodeJpeg = (bytes: Uint8Array): Drawing =>
  jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    tolerantDecoding: false,
    maxResolutionInMP: DECODER_PIXELS_MP,
    maxMemoryUsageInMB: DECODER_MEMORY_MB,
  });

export const encodeJpeg = (drawing: Drawing): Uint8Array<ArrayBuffer> =>
  new Uint8Array(jpeg.encode(drawing, QUALITY).data);

/** The middle square of a drawing, made smaller to `side` by averaging; never made larger. */
export function middleSquare({ width, height, data }: Drawing, side: number): Drawing {
  const crop = Math.min(width, height);
  const [left, top] = [(width - crop) >> 1, (height - crop) >> 1];
  const size = Math.min(side, crop);
  const scale = crop / size;
  const drawn = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const sums = [0, 0, 0];
      for (let row = Math.floor(y * scale); row < (y + 1) * scale; row += 1) {
        const high = Math.min(row + 1, (y + 1) * scale) - Math.max(row, y * scale);
        for (let column = Math.floor(x * scale); column < (x + 1) * scale; column += 1) {
          const wide = Math.min(column + 1, (x + 1) * scale) - Math.max(column, x * scale);
          const from = ((top + row) * width + left + column) * 4;
          for (let channel = 0; channel < 3; channel += 1) {
            sums[channel] = (sums[channel] ?? 0) + (data[from + channel] ?? 0) * high * wide;
          }
        }
      }
      const to = (y * size + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        drawn[to + channel] = Math.round((sums[channel] ?? 0) / (scale * scale));
      }
      drawn[to + 3] = 255;
    }
  }
  return { width: size, height: size, data: drawn };
}
