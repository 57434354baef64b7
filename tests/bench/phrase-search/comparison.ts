/** The ways against one another, with the same texts and the same phrases, in turns. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePhrase } from '../../../crdt/model/search/phrase.ts';
import { median } from '../../support/figures.ts';
import type { Random } from '../../support/random.ts';
import { writeHistory } from './history.ts';
import { readPages, writePages } from './page-file.ts';
import { drawQueries, type Query } from './queries.ts';
import type { Answer, FoundInShort } from './questions.ts';
import { RunningWay, type WayName } from './running-way.ts';
import { blockShares } from './word-counts.ts';
import { wholeWordsOfPhrase } from './whole-words.ts';

export interface Course {
  readonly messages: number;
  readonly ways: readonly WayName[];
  readonly rounds: number;
  /** For a query that seems slower than it may be, so that no slow moment of the machine decides. */
  readonly roundsInDoubt?: number;
}

/** What a query took in each way, the median of the rounds. */
export interface Timing {
  readonly query: Query;
  readonly hits: number;
  readonly firstMs: ReadonlyMap<WayName, number>;
  readonly allMs: ReadonlyMap<WayName, number>;
}

export interface Comparison {
  readonly messages: number;
  readonly storedBytes: number;
  readonly built: ReadonlyMap<WayName, Answer<'build'> & Answer<'settle'>>;
  readonly timings: readonly Timing[];
  /** Answers that are not the plain scan's. */
  readonly differences: readonly string[];
  /** Of the queries with a rare whole word, those for which MiniSearch spares looking through all blocks. */
  readonly narrowedShare: number;
}

/** What is shown at once. */
export const FIRST = 50;
export const ORACLE: WayName = 'plain scan';
export const OWN: WayName = 'phrase index';
/** The only ways that find what is inside of words. */
const INSIDE: readonly WayName[] = [OWN, ORACLE, 'block scan'];
/** A word in fewer of the blocks is rare. */
const RARE_BLOCK_SHARE = 0.01;
/** The bound of the performance budget for each single query, against the block scan. */
const AT_MOST_SLOWER = 1.3;
/** Less is no difference that anybody could see, or that one could measure. */
const NOTHING_MS = 0.05;

/** True when the product takes longer for the first ones than it may. */
export function isTooSlow({ query, firstMs }: Timing): boolean {
  const [ownMs = 0, blockScanMs = 0] = [firstMs.get(OWN), firstMs.get('block scan')];
  return query.kind === 'word-start' && ownMs > AT_MOST_SLOWER * blockScanMs && ownMs - blockScanMs > NOTHING_MS;
}

export async function compare(
  random: Random,
  { messages, ways: names, rounds, roundsInDoubt }: Course,
): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'phrase-search-'));
  const ways: RunningWay[] = [];
  try {
    const file = join(folder, 'pages');
    const { storedBytes, queries } = prepare(random, messages, file);
    const [query = fail()] = queries.filter(({ category }) => category === '3 rare');
    const built = new Map<WayName, Answer<'build'> & Answer<'settle'>>();
    for (const name of names) {
      const way = new RunningWay(name);
      ways.push(way);
      built.set(name, { ...(await way.build(file, query.typed, FIRST)), ...(await way.settle()) });
    }
    const asking = new Asking(ways);
    const timings: Timing[] = [];
    for (const each of queries) {
      const timing = await asking.time(each, rounds);
      const isInDoubt = roundsInDoubt !== undefined && isTooSlow(timing);
      timings.push(isInDoubt ? await asking.time(each, roundsInDoubt) : timing);
    }
    for (const [name, { found }] of built) await asking.check(name, query, FIRST, found);
    const narrowedShare = await narrowed(ways, file, queries);
    return { messages, storedBytes, built, timings, differences: asking.differences, narrowedShare };
  } finally {
    await Promise.all(ways.map((way) => way.end()));
    await rm(folder, { recursive: true });
  }
}

/** Texts are needed in here no longer than this. */
function prepare(random: Random, messages: number, file: string): { storedBytes: number; queries: readonly Query[] } {
  const pages = writeHistory(random.fork('history'), messages);
  const texts = pages.flatMap((page) => page.messages.map(({ text }) => text));
  return { storedBytes: writePages(file, pages), queries: drawQueries(random.fork('queries'), texts) };
}

class Asking {
  readonly differences: string[] = [];
  readonly #ways: readonly RunningWay[];

  constructor(ways: readonly RunningWay[]) {
    this.#ways = ways;
  }

  async time(query: Query, rounds: number): Promise<Timing> {
    const all = await this.#rounds(query, Infinity, Math.ceil(rounds / 2));
    const first = await this.#rounds(query, FIRST, rounds);
    return { query, hits: all.hits, firstMs: first.tookMs, allMs: all.tookMs };
  }

  async check(name: string, query: Query, limit: number, found: FoundInShort): Promise<void> {
    const right = await this.#way(ORACLE).search(query.typed, query.kind, limit);
    this.#compare(name, query, limit, found, right.found);
  }

  /** Each way in turn, then all again, so that a slow moment of the machine is one of all. */
  async #rounds(query: Query, limit: number, rounds: number): Promise<{ tookMs: Map<WayName, number>; hits: number }> {
    const ways = query.kind === 'inside' ? this.#ways.filter(({ name }) => INSIDE.includes(name)) : this.#ways;
    const took = new Map(ways.map(({ name }): [WayName, number[]] => [name, []]));
    let right: FoundInShort = { count: 0, digest: '' };
    for (let round = 0; round < rounds; round += 1) {
      const founds: [WayName, FoundInShort][] = [];
      for (const way of ways) {
        const { tookMs, found } = await way.search(query.typed, query.kind, limit);
        took.get(way.name)?.push(tookMs);
        founds.push([way.name, found]);
      }
      right = new Map(founds).get(ORACLE) ?? right;
      if (round === 0) for (const [name, found] of founds) this.#compare(name, query, limit, found, right);
    }
    return { tookMs: new Map([...took].map(([name, times]) => [name, median(times)])), hits: right.count };
  }

  #compare(name: string, { category, typed }: Query, limit: number, found: FoundInShort, right: FoundInShort): void {
    if (found.digest === right.digest) return;
    this.differences.push(
      `${name}, ${category}, ${limit === FIRST ? 'first' : 'all'}: ${JSON.stringify(typed)} has ${right.count}, found ${found.count}`,
    );
  }

  #way(wanted: WayName): RunningWay {
    return this.#ways.find(({ name }) => name === wanted) ?? fail();
  }
}

async function narrowed(ways: readonly RunningWay[], file: string, queries: readonly Query[]): Promise<number> {
  const words = new Map(queries.map(({ typed }) => [typed, completeWords(typed)]));
  const shares = blockShares(readPages(file), new Set([...words.values()].flat()));
  const own = ways.find(({ name }) => name === OWN) ?? fail();
  let [rare, spared] = [0, 0];
  for (const { typed, kind } of queries) {
    if (kind === 'inside' || !words.get(typed)?.some((word) => (shares.get(word) ?? 0) < RARE_BLOCK_SHARE)) continue;
    rare += 1;
    if (await own.narrows(typed)) spared += 1;
  }
  return spared / rare;
}

function completeWords(typed: string): readonly string[] {
  const phrase = parsePhrase(typed);
  return phrase === undefined ? [] : wholeWordsOfPhrase(phrase).complete;
}

function fail(): never {
  throw new Error('a comparison needs the product, the plain scan and queries');
}
