import { expect, test } from 'vitest';
import { NameIndex } from './name-index.ts';

function indexOf(...names: readonly string[]): (query: string, weight?: (name: string) => number) => readonly string[] {
  const index = new NameIndex<string>();
  for (const name of names) index.put(name, name);
  return (query, weight = () => 1) => index.search(query, weight);
}

test('[P3] names are found by the beginnings of their words, in any order', () => {
  const search = indexOf('Anna Berger', 'Jonas Weber', 'Anna Weber', 'Hans-Peter O’Brien');
  expect(search('ann').toSorted()).toEqual(['Anna Berger', 'Anna Weber']);
  expect(search('web an')).toEqual(['Anna Weber']);
  expect(search('peter')).toEqual(['Hans-Peter O’Brien']);
  expect(search('brien h')).toEqual(['Hans-Peter O’Brien']);
  expect(search('  ')).toEqual([]);
  expect(search('.,!')).toEqual([]);
});

test('[P3] ü finds ue and u, and the other way round; ß finds ss; accents do not matter', () => {
  const search = indexOf('Jürgen Müller', 'Ute Mueller', 'Tim Muller', 'Ida Weiß', 'Udo Weiss', 'Renée Łoś');
  for (const query of ['müller', 'Mueller', 'MULLER', 'mu\u0308ller']) {
    expect(search(query).toSorted(), query).toEqual(['Jürgen Müller', 'Tim Muller', 'Ute Mueller']);
  }
  for (const query of ['weiß', 'weiss']) expect(search(query).toSorted()).toEqual(['Ida Weiß', 'Udo Weiss']);
  for (const query of ['renee', 'los', 'Łoś']) expect(search(query)).toEqual(['Renée Łoś']);
});

test('[P3] every beginning of a name finds it while one types, umlauts included', () => {
  const names = ['Jürgen Müller', 'Ute Mueller', 'Björn Schröder', 'Manuel Noethen', 'Aenne Özdemir'];
  const search = indexOf(...names);
  for (const name of names) {
    for (const word of name.split(' ')) {
      for (let length = 1; length <= word.length; length += 1) {
        expect(search(word.slice(0, length)), word.slice(0, length)).toContain(name);
      }
    }
  }
});

test('[P3] typing errors are forgiven: a letter too many, one too few, a wrong one, two in the wrong order', () => {
  const search = indexOf('Stefanie Schneider', 'Jonas Weber', 'Anna Berger');
  for (const query of ['schneiider', 'schneder', 'schnaider', 'schniede', 'scnhei', 'stefnaie', 'setfanie schn']) {
    expect(search(query), query).toContain('Stefanie Schneider');
  }
  expect(search('zzzzzz')).toEqual([]);
});

test('[P3] what fits stands before what only looks alike, and what was used lately before the rest', () => {
  const search = indexOf('Anna Bergner', 'Anna Berger', 'Otto Weger');
  expect(search('Berger')[0]).toBe('Anna Berger');
  const two = indexOf('Anna Weber', 'Anna Adler');
  expect(two('anna', (name) => (name === 'Anna Adler' ? 2 : 1))[0]).toBe('Anna Adler');
  expect(two('anna', (name) => (name === 'Anna Weber' ? 2 : 1))[0]).toBe('Anna Weber');
});

test('[P3] a new name is found and the old one is not', () => {
  const index = new NameIndex<string>();
  index.put('3', 'Anna Berger');
  index.put('3', 'Anna Sommer');
  index.put('4', 'Jonas Weber');
  index.remove('4');
  expect(index.search('sommer', () => 1)).toEqual(['3']);
  expect(index.search('berger', () => 1)).toEqual([]);
  expect(index.search('jonas', () => 1)).toEqual([]);
});

test('[P3] hostile queries take no time: ten thousand words, one word of ten thousand letters, markup, patterns', () => {
  const search = indexOf(...Array.from({ length: 2_000 }, (_, at) => `Person${at} Weber${at}`));
  const startedMs = performance.now();
  for (const query of [
    'a '.repeat(10_000),
    'x'.repeat(10_000),
    '<img src=x onerror=alert(1)>',
    '(((.*)*)*)$',
    '\u0000',
  ]) {
    search(query);
  }
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
