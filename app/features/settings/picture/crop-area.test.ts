import fc from 'fast-check';
import { expect, test } from 'vitest';
import { middle, moved, zoomed, zoomOf, type Crop, type Extent } from './crop-area.ts';

const PORTRAIT: Extent = { width: 300, height: 400 };

test('[P1] a picture begins with its largest square, in the middle', () => {
  expect(middle(PORTRAIT)).toEqual({ x: 0, y: 50, side: 300 });
  expect(zoomOf(PORTRAIT, middle(PORTRAIT))).toBe(0);
});

test('[P1] moving stops at the edges', () => {
  expect(moved(PORTRAIT, middle(PORTRAIT), 20, -20)).toEqual({ x: 0, y: 30, side: 300 });
  expect(moved(PORTRAIT, middle(PORTRAIT), 0, 1_000)).toEqual({ x: 0, y: 100, side: 300 });
});

test('[P1] zooming keeps the middle where it was', () => {
  const near = zoomed(PORTRAIT, middle(PORTRAIT), 0.5);
  expect(near.x + near.side / 2).toBeCloseTo(150);
  expect(near.y + near.side / 2).toBeCloseTo(200);
  expect(zoomOf(PORTRAIT, near)).toBeCloseTo(0.5);
});

test('[P1] whatever one does, the square stays in the picture', () => {
  const step = fc.oneof(
    fc.record({ zoom: fc.double({ min: -1, max: 2, noNaN: true }) }),
    fc.record({ x: fc.integer({ min: -9_999, max: 9_999 }), y: fc.integer({ min: -9_999, max: 9_999 }) }),
  );
  const side = fc.integer({ min: 1, max: 5_000 });
  fc.assert(
    fc.property(side, side, fc.array(step, { maxLength: 30 }), (width, height, steps) => {
      const extent = { width, height };
      const crop = steps.reduce<Crop>(
        (now, one) => ('zoom' in one ? zoomed(extent, now, one.zoom) : moved(extent, now, one.x, one.y)),
        middle(extent),
      );
      expect(crop.side).toBeGreaterThan(0);
      expect(Math.min(crop.x, crop.y)).toBeGreaterThanOrEqual(0);
      expect(crop.x + crop.side).toBeLessThanOrEqual(width + 1e-6);
      expect(crop.y + crop.side).toBeLessThanOrEqual(height + 1e-6);
    }),
  );
});
