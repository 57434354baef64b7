/** The square of a picture that is kept. Everything in the picture's own pixels; a crop never leaves the picture. */

export interface Extent {
  readonly width: number;
  readonly height: number;
}

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** A face in a group still fills the square; nearer, one would see pixels. */
const MOST_ZOOM = 6;

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
const widest = ({ width, height }: Extent): number => Math.min(width, height);

/** The largest square in the middle. */
export function middle(extent: Extent): Crop {
  const side = widest(extent);
  return { x: (extent.width - side) / 2, y: (extent.height - side) / 2, side };
}

export function moved(extent: Extent, { x, y, side }: Crop, byX: number, byY: number): Crop {
  return { x: within(x + byX, 0, extent.width - side), y: within(y + byY, 0, extent.height - side), side };
}

/** 0: the largest square; 1: as near as one may go. Equal steps look equal. */
export const zoomOf = (extent: Extent, { side }: Crop): number => Math.log(widest(extent) / side) / Math.log(MOST_ZOOM);

/** The same middle at another zoom, as far as the picture's edges let it. */
export function zoomed(extent: Extent, crop: Crop, zoom: number): Crop {
  const side = widest(extent) / MOST_ZOOM ** within(zoom, 0, 1);
  const shift = (crop.side - side) / 2;
  return moved(extent, { x: crop.x + shift, y: crop.y + shift, side }, 0, 0);
}
