import { expect, test } from 'vitest';
import { WordIndex } from './word-index.ts';

const ascending = (one: number, other: number): number => one - other;

test('[SE6] blocks are told by a word and by the beginning of words, until one is taken out', () => {
  const index = new WordIndex(0.5);
  for (const [id, text] of ['haus', 'haustür', 'garten', 'haus am see'].entries()) index.add({ id, text });
  expect(index.blocksWithAll(['haus'], 1)?.toSorted(ascending)).toEqual([0, 3]);
  expect(index.blocksWithAll(['see', 'haus'], 1)).toEqual([3]);
  expect(index.blocksWithAll(['haus'], 0.25)).toBeUndefined();
  expect(index.blocksWithBeginning('haus', 1)?.toSorted(ascending)).toEqual([0, 1, 3]);
  expect(index.blocksWithBeginning('haus', 0.5)).toBeUndefined();
  index.discard(3);
  expect(index.blocksWithAll(['haus'], 1)).toEqual([0]);
  expect(index.blocksWithAll(['nirgends', 'haus'], 1)).toEqual([]);
});

test('[SE6] of many blocks, words that are in too many are forgotten, and leave no block out', () => {
  const index = new WordIndex(0.5);
  for (let id = 0; id < 3_000; id += 1) {
    index.add({ id, text: `immer ${id % 3 === 0 ? 'oft' : 'sonst'} s${id % 1_000}` });
  }
  expect([index.blocksWithAll(['immer'], 1), index.blocksWithAll(['sonst'], 1)]).toEqual([undefined, undefined]);
  expect(index.blocksWithAll(['oft'], 1)?.length).toBe(1_000);
  expect(index.blocksWithAll(['immer', 's7', 'sonst'], 1)?.toSorted(ascending)).toEqual([7, 1_007, 2_007]);
  expect(index.blocksWithBeginning('imm', 1)).toBeUndefined();
});
