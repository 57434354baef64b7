import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JoinedTexts } from './joined-texts.ts';
import { normalise } from './normalise.ts';
import { pack, unpack } from './packed-text.ts';
import { matchKind, parsePhrase } from './phrase.ts';

/** Units of all kinds, near one another in what they are packed to. */
const unit = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    ' ',
    'ü',
    'ß',
    '\u007f',
    '\u0080',
    '\u008d',
    '\u0090',
    '\u0098',
    '\u009f',
    '\u00a0',
    '\u00ff',
  ),
  fc.constantFrom('–', '\u0100', '\u0800', '\ud83d', '\udc4d', '👍', '👎', 'ж', 'к', '\uffff', '\u0308'),
);
const text = fc.array(unit, { maxLength: 12 }).map((units) => units.join(''));

test('[SE11] a packed text has units of one byte, is read as it was, and has what the text has', () => {
  fc.assert(
    fc.property(text, text, fc.nat(12), fc.nat(12), (whole, other, from, to) => {
      const packed = pack(whole);
      expect(packed.split('').every((one) => one.charCodeAt(0) <= 0xff)).toBe(true);
      expect(unpack(packed)).toBe(whole);
      for (const part of [other, whole.slice(from, to)]) {
        expect(packed.includes(pack(part))).toBe(whole.includes(part));
      }
    }),
  );
});

test('[SE11] a long text is packed as a short one is', () => {
  const long = `${'ü – '.repeat(3_000)}👍`;
  expect(unpack(pack(long))).toBe(long);
});

test('[SE8 SE11] joined texts have a phrase as each of them has it, packed or not', () => {
  const some = fc.array(text.map(normalise), { minLength: 1, maxLength: 6 });
  // With enough of these they are longer packed, and are not.
  const alphabet = fc.constantFrom('', 'ж'.repeat(200), 'a'.repeat(200));
  fc.assert(
    fc.property(some, alphabet, text, fc.nat(12), fc.nat(6), (texts, filling, typed, from, units) => {
      const all = [...texts, filling];
      const joined = new JoinedTexts(all, Float64Array.from(all.keys()));
      expect(joined.holds(all)).toBe(true);
      expect(all.map((_, index) => joined.textAt(index))).toEqual(all);
      for (const one of [typed, texts[0]?.slice(from, from + units) ?? '']) {
        const phrase = parsePhrase(one);
        if (phrase === undefined) continue;
        for (const kind of ['word-start', 'inside'] as const) {
          const found: number[] = [];
          joined.search(phrase, kind, -Infinity, Infinity, (index) => found.push(index));
          expect(found).toEqual([...all.keys()].filter((index) => matchKind(all[index] ?? '', phrase) === kind));
        }
      }
    }),
    { numRuns: 500 },
  );
});
