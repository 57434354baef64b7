/** One way in a process of its own, so that it has its memory to itself. Its name is the argument; it is asked by messages. */
import { createHash } from 'node:crypto';
import { parsePhrase, type MatchKind } from '../../../crdt/model/search/phrase.ts';
import { BlockScan } from './block-scan.ts';
import { readPages, type StoredPage } from './page-file.ts';
import { PhraseIndexWay } from './phrase-index-way.ts';
import { PlainMiniSearch } from './plain-minisearch.ts';
import { PlainScan } from './plain-scan.ts';
import { readQuestion, type Answer, type FoundInShort, type Question } from './questions.ts';
import type { WayName } from './running-way.ts';
import { SqliteFts } from './sqlite-fts.ts';
import type { Way } from './way.ts';

/** What takes less is done again until it has taken so long, and divided. */
const WORTH_TIMING_MS = 1;

const WAYS: Readonly<Record<WayName, () => Way>> = {
  'phrase index': () => new PhraseIndexWay(),
  'plain scan': () => new PlainScan(),
  'block scan': () => new BlockScan(),
  'plain MiniSearch': () => new PlainMiniSearch(),
  'SQLite FTS5': () => new SqliteFts(),
};

const create = new Map(Object.entries(WAYS)).get(process.argv[2] ?? '');
if (create === undefined) throw new Error(`no such way: ${process.argv[2]}`);
const way = create();

/** From what was typed to what is found. */
function find(typed: string, kind: MatchKind, limit: number): readonly number[] {
  const phrase = parsePhrase(typed);
  return phrase === undefined ? [] : way.search(phrase, kind, limit);
}

const inShort = (times: readonly number[]): FoundInShort => ({
  count: times.length,
  digest: createHash('sha1').update(Float64Array.from(times)).digest('base64'),
});

function build({ file, typed, limit }: Question & { kind: 'build' }): Answer<'build'> {
  let readingMs = 0;
  function* read(): Generator<StoredPage, void> {
    const pages = readPages(file);
    for (;;) {
      const beganMs = performance.now();
      const page = pages.next();
      readingMs += performance.now() - beganMs;
      if (page.done === true) return;
      yield page.value;
    }
  }
  const beganMs = performance.now();
  way.build(read());
  const builtMs = performance.now();
  const found = find(typed, 'word-start', limit);
  const answeredMs = performance.now();
  return {
    buildMs: builtMs - beganMs - readingMs,
    firstAnswerMs: answeredMs - beganMs - readingMs,
    found: inShort(found),
  };
}

async function settle(): Promise<Answer<'settle'>> {
  const beganMs = performance.now();
  way.hasten?.();
  const hastenMs = performance.now() - beganMs;
  // What is freed after a turn of the loop goes with the second.
  globalThis.gc?.();
  await new Promise(setImmediate);
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const peakBytes = process.resourceUsage().maxRSS * 1_024;
  return { hastenMs, heldBytes: heapUsed + external + (way.nativeBytes?.() ?? 0), peakBytes };
}

function search({ typed, match, limit }: Question & { kind: 'search' }): Answer<'search'> {
  let found: readonly number[] = [];
  let runs = 0;
  let tookMs = 0;
  for (const beganMs = performance.now(); tookMs < WORTH_TIMING_MS; runs += 1) {
    found = find(typed, match, limit);
    tookMs = performance.now() - beganMs;
  }
  return { tookMs: tookMs / runs, found: inShort(found) };
}

function answer(question: Question): Answer<Question['kind']> | Promise<Answer<'settle'>> {
  switch (question.kind) {
    case 'build':
      return build(question);
    case 'settle':
      return settle();
    case 'search':
      return search(question);
    case 'narrows': {
      const phrase = parsePhrase(question.typed);
      return phrase !== undefined && way.narrows?.(phrase) === true;
    }
  }
}

process.on('message', (message) => {
  void Promise.resolve(answer(readQuestion(message))).then((told) => process.send?.(told));
});
process.on('disconnect', () => process.exit(0));
