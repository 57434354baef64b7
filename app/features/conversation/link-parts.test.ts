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

test('[M1] what people write without a scheme is a link where it can only be one', () => {
  expect(links('www.haus.de und Anna.Berger@firma.de, nicht www.haus, a@b oder datei.txt')).toEqual([
    'www.haus.de',
    'Anna.Berger@firma.de',
  ]);
  const [first, , second] = linkParts('www.haus.de a.b@c.de');
  expect([first, second]).toMatchObject([{ href: 'https://www.haus.de' }, { href: 'mailto:a.b@c.de' }]);
});

test('[M1] nothing else is a link, and no address that looks like that of another host', () => {
  expect(links('javascript:alert(1) data:text/html,x ftp://a.b file:///etc xhttps://a.b')).toEqual([]);
  expect(links('https:// https://haus.de@evil.example/ www.haus.de@evil.example')).toEqual([]);
  expect(links('https://haus.de/\u202Egnp.exe')).toEqual(['https://haus.de/']);
});

test('[M1] a text made to keep the page busy costs nothing to speak of', () => {
  for (const piece of [')', '(', 'a@', 'a.', 'www.', '.']) {
    const startMs = performance.now();
    linkParts(`https://a.${piece.repeat(8_000 / piece.length)}`);
    expect(performance.now() - startMs).toBeLessThan(200);
  }
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
