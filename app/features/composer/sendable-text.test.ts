import { expect, test } from 'vitest';
import { sendableText } from './sendable-text.ts';

test('[M1] line breaks and indentation inside a text stay, blank edges go', () => {
  expect(sendableText('\n  \n  eins\n\n  zwei \n\n')).toBe('  eins\n\n  zwei');
});

test('[M1] white space alone is nothing to send', () => {
  expect(sendableText(' \n\t\u00a0\n ')).toBe('');
});

test('[M1] half a surrogate pair does not make two devices disagree', () => {
  expect(sendableText('a\ud83d').isWellFormed()).toBe(true);
});

test('[M1] line ends of other systems become line breaks', () => {
  expect(sendableText('eins\r\nzwei\rdrei\u2028vier\u2029fünf\u0085sechs\u000bsieben')).toBe(
    'eins\nzwei\ndrei\nvier\nfünf\nsechs\nsieben',
  );
});
