import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkParts } from './link-parts.ts';

const links = (text: string): string[] =>
  linkParts(text)
    .filter((part) => part.kind === 'link')
    .map((part) => part.text);

test('[M1] web addresses are links, without the punctuation that ends the sentence', () => {
  expect(links('Siehe https://example.org/a?b=1#c.')).toEqual(['https://example.org/a?b=1#c']);
  expect(links('(http://example.org/x_(y)), oder https://b.de!')).toEqual(['http://example.org/x_(y)', 'https://b.de']);
  expect(links('„https://example.org“ und »https://c.de«')).toEqual(['https://example.org', 'https://c.de']);
});

test('[M1] nothing but http and https is a link', () => {
  expect(links('javascript:alert(1) data:text/html,x ftp://a.b file:///etc mailto:a@b.de xhttps://a.b')).toEqual([]);
  expect(links('https://')).toEqual([]);
});

test('[M1] the parts are the text, whatever it is', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('https://a.b/', ' ', '.', ')', '(', '\n', '"'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(
        linkParts(text)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
