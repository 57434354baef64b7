import { createComputed, createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Cell } from '../../crdt/replica/cell.ts';
import { calmed, createGathering } from './gather.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[C12] the first change is told at once, those after it together, and what is read is always of now', () => {
  createRoot((dispose) => {
    const [one, other] = [new Cell(0), new Cell('a')];
    const gathering = createGathering(100);
    const [number, letter] = [gathering.watch(one), gathering.watch(other)];
    const told: string[] = [];
    createComputed(() => told.push(`${number()}${letter()}`));
    one.set(1);
    one.set(2);
    other.set('b');
    expect([number(), letter()]).toEqual([2, 'b']);
    vi.advanceTimersByTime(99);
    expect(told.at(-1)).toBe('1a');
    vi.advanceTimersByTime(1);
    expect(told.at(-1)).toBe('2b');
    const before = told.length;
    vi.advanceTimersByTime(500);
    expect(told.length).toBe(before);
    one.set(3);
    one.set(4);
    gathering.tell();
    expect(told.at(-1)).toBe('4b');
    dispose();
    one.set(5);
    expect(told.at(-1)).toBe('4b');
  });
});

test('[C12] a signal that is followed calmly ends with its last value', () => {
  createRoot((dispose) => {
    const [count, setCount] = createSignal(0);
    // It follows the signal itself.
    // eslint-disable-next-line solid/reactivity
    const calm = calmed(count, 1_000);
    setCount(1);
    expect(calm()).toBe(1);
    setCount(2);
    setCount(3);
    expect(calm()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(calm()).toBe(3);
    dispose();
  });
});
