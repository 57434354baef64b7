import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeTexts } from './merge-texts.ts';

test.each([
  ['', 'mine', 'theirs', 'mine\ntheirs'],
  ['Hello', 'Hello Anna', 'Hello', 'Hello Anna'],
  ['Hello', 'Hello', 'Hello Ben', 'Hello Ben'],
  ['Hello', 'Hello Anna', 'Hello Ben', 'Hello Anna\nHello Ben'],
  ['one two three', 'zero one two three', 'one two three four', 'zero one two three four'],
  ['one two three', 'one 2 three', 'one two 3', 'one 2 3'],
  // What was sent or taken away elsewhere does not take along what was added here.
  ['half', 'half and more', '', 'half and more'],
  ['half', '', 'half and more', 'half and more'],
  ['half', '', 'half', ''],
  ['😀 and', '😁 and', '😀 and 😂', '😁 and 😂'],
])('[FA17] of %j one makes %j and another %j: %j', (before, mine, theirs, merged) => {
  expect(mergeTexts(before, mine, theirs)).toBe(merged);
});

const textOf = (...characters: readonly string[]): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 });
/** In words of their own, so that what was put in can be told from what was there. */
const editWith = (...characters: readonly string[]) =>
  fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(4), put: textOf(...characters) });
const base = textOf('a', 'b', ' ', '\n', '😀');
const one = editWith('1', '2', '😁');
const other = editWith('x', 'y', '😂');

function edited(text: string, { from, drop, put }: { from: number; drop: number; put: string }): string {
  const characters = Array.from(text);
  characters.splice(Math.round(from * characters.length), drop, put);
  return characters.join('');
}

test('[FA17] nothing that either has put in is lost, and nothing becomes half a character', () => {
  fc.assert(
    fc.property(base, one, other, (before, here, there) => {
      const [mine, theirs] = [edited(before, here), edited(before, there)];
      const merged = mergeTexts(before, mine, theirs);
      if (mine !== before) expect(merged).toContain(here.put);
      if (theirs !== before) expect(merged).toContain(there.put);
      expect(merged.isWellFormed()).toBe(true);
      // Whoever is told the result by the other has nothing to add.
      expect(mergeTexts(theirs, merged, theirs)).toBe(merged);
      expect(mergeTexts(theirs, theirs, merged)).toBe(merged);
      expect(mergeTexts(before, mine, before)).toBe(mine);
      expect(mergeTexts(before, before, theirs)).toBe(theirs);
    }),
    { numRuns: 2_000 },
  );
});
