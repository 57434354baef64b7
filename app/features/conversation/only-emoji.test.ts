import { expect, test } from 'vitest';
import { isOnlyEmoji } from './only-emoji.ts';

test('[M2] one to three emoji alone are shown larger, of however many signs each is made', () => {
  for (const text of ['👍', '👍🏽 👍🏽', '👩‍👩‍👧‍👦🏳️‍🌈🇩🇪', '❤️\n']) expect([text, isOnlyEmoji(text)]).toEqual([text, true]);
});

test('[M2] digits, signs, words and rows of emoji are text', () => {
  for (const text of ['1', '#', 'gut 👍', '👍👍👍👍', ' ', 'e\u0301', '👍'.repeat(4_000)]) {
    expect([text, isOnlyEmoji(text)]).toEqual([text, false]);
  }
});
