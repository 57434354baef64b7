import { expect, test } from 'vitest';
import { createCorpus } from './corpus.ts';
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import { writeOut } from './grammar.ts';
import { seededRandom } from './random.ts';

const messages = (seed: number, count: number): string[] => {
  const corpus = createCorpus(seededRandom(seed));
  return Array.from({ length: count }, () => corpus.message());
};

test('the same seed writes the same messages', () => {
  expect(messages(5, 50)).toEqual(messages(5, 50));
  expect(messages(5, 50)).not.toEqual(messages(6, 50));
});

test('messages have 10 to 400 characters and 80 to 100 bytes on average', () => {
  const written = messages(1, 20_000);
  const lengths = written.map((text) => text.length);
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(400);
  const meanBytes = new TextEncoder().encode(written.join('')).length / written.length;
  expect(meanBytes).toBeGreaterThan(80);
  expect(meanBytes).toBeLessThan(100);
});

test('of a hundred thousand messages, hardly a longer one comes twice', () => {
  const longer = messages(2, 100_000).filter((text) => text.length > 40);
  expect(longer.length).toBeGreaterThan(60_000);
  expect(new Set(longer).size / longer.length).toBeGreaterThan(0.95);
});

test('about seven of ten messages are German', () => {
  const seeds = Array.from({ length: 4_000 }, (_, seed) => messages(seed, 1)[0] ?? '');
  const english = seeds.filter((text) => /\b(the|is|are|you|thanks|not|done|will)\b/i.test(text)).length;
  expect(english / seeds.length).toBeGreaterThan(0.2);
  expect(english / seeds.length).toBeLessThan(0.35);
});

test('a topic keeps street, record and people together', () => {
  const corpus = createCorpus(seededRandom(3));
  const topic = corpus.topic();
  const written = Array.from({ length: 500 }, () => corpus.message({ topic, speech: 'german', colleague: 'Anna' }));
  const records = new Set(written.flatMap((text) => text.match(/I#\w+/g) ?? []));
  expect([...records]).toEqual([`I#${topic.record}`]);
});

test('every template can be written out, whatever is chosen', () => {
  const random = seededRandom(4);
  for (const { greetings, sentences, replies, closings } of [GERMAN, ENGLISH]) {
    for (const template of [...greetings, ...sentences, ...replies, ...closings]) {
      for (let round = 0; round < 20; round += 1) expect(writeOut(template, random, () => 'x')).not.toMatch(/[|{}()]/);
    }
  }
});

test('choices may be empty and may hold further choices', () => {
  const written = new Set(
    Array.from({ length: 200 }, (_, seed) => writeOut('a(|b(c|d)) {e} (f)', seededRandom(seed), (slot) => slot)),
  );
  expect([...written].toSorted()).toEqual(['a e (f)', 'abc e (f)', 'abd e (f)']);
});
