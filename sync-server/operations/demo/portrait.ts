/** Portraits of people who don't exist: head and shoulders before a soft ground, drawn from a seed. */
import { encodeJpeg } from '../../pictures/drawing.ts';
import type { Random } from './random.ts';

type Colour = readonly [number, number, number];

const SIDE = 256;
const GROUNDS: readonly Colour[] = [
  [222, 203, 180],
  [176, 199, 214],
  [190, 208, 186],
  [214, 190, 200],
  [200, 196, 218],
  [226, 212, 160],
];
const SKINS: readonly Colour[] = [
  [238, 206, 180],
  [214, 168, 134],
  [164, 116, 84],
  [112, 76, 56],
];
const HAIRS: readonly Colour[] = [
  [58, 42, 34],
  [112, 78, 50],
  [196, 160, 104],
  [150, 150, 152],
  [30, 28, 32],
];
const CLOTHES: readonly Colour[] = [
  [52, 74, 104],
  [120, 64, 72],
  [70, 96, 84],
  [88, 84, 96],
  [160, 120, 72],
];

/** 1 inside an ellipse, 0 outside, soft over a few pixels; everything in parts of the side. */
function inside(x: number, y: number, centre: readonly [number, number], radii: readonly [number, number]): number {
  const distance = Math.hypot((x - centre[0]) / radii[0], (y - centre[1]) / radii[1]);
  return Math.min(1, Math.max(0, (1 - distance) * radii[0] * 40 + 0.5));
}

const mixed = (below: Colour, above: Colour, share: number): Colour => [
  below[0] + (above[0] - below[0]) * share,
  below[1] + (above[1] - below[1]) * share,
  below[2] + (above[2] - below[2]) * share,
];

const shaded = (colour: Colour, factor: number): Colour => [colour[0] * factor, colour[1] * factor, colour[2] * factor];

/** A JPEG. */
export function portrait(random: Random): Uint8Array {
  const [ground, skin, hair, cloth] = [GROUNDS, SKINS, HAIRS, CLOTHES].map((colours) => random.pick(colours));
  if (ground === undefined || skin === undefined || hair === undefined || cloth === undefined) {
    throw new RangeError('no colours');
  }
  const lean = (random.unit() - 0.5) * 0.06;
  // From the chin to the shoulders.
  const hairLength = 0.2 + random.unit() * 0.17;
  const faceWidth = 0.155 + random.unit() * 0.025;
  const data = new Uint8Array(SIDE * SIDE * 4);
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const [x, y] = [column / SIDE, row / SIDE];
      let colour = shaded(ground, 1.06 - 0.22 * y);
      colour = mixed(colour, shaded(hair, 0.85), inside(x, y, [0.5 + lean, 0.21 + hairLength], [0.205, hairLength]));
      colour = mixed(colour, shaded(cloth, 1.1 - 0.2 * x), inside(x, y, [0.5, 1.06], [0.42, 0.36]));
      colour = mixed(colour, shaded(skin, 0.88), inside(x, y, [0.5 + lean / 2, 0.66], [0.085, 0.14]));
      colour = mixed(colour, shaded(skin, 1.04 - 0.14 * x), inside(x, y, [0.5 + lean, 0.44], [faceWidth, 0.215]));
      colour = mixed(colour, hair, inside(x, y, [0.5 + lean, 0.29], [0.185, 0.115]));
      data.set([...colour, 255], (row * SIDE + column) * 4);
    }
  }
  return encodeJpeg({ width: SIDE, height: SIDE, data });
}
