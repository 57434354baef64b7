import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createHeld } from './aiming.ts';

test('[C5] rows stay in place while they are aimed at, except those that are gone, and move afterwards', () => {
  createRoot((dispose) => {
    const [order, setOrder] = createSignal<readonly string[]>(['a', 'b', 'c']);
    const [held, setHeld] = createSignal(false);
    const drawn = createHeld(order, held);
    expect(drawn()).toEqual(['a', 'b', 'c']);
    setHeld(true);
    setOrder(['c', 'a', 'b', 'd']);
    expect(drawn()).toEqual(['a', 'b', 'c']);
    setOrder(['c', 'a', 'd']);
    expect(drawn()).toEqual(['a', 'c']);
    setHeld(false);
    expect(drawn()).toEqual(['c', 'a', 'd']);
    dispose();
  });
});
