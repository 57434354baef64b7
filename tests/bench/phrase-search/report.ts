/** What a comparison found, for people and as figures. */
import { median, printTable, rounded } from '../../support/figures.ts';
import type { Figure } from '../../support/measurement.ts';
import { FIRST, isTooSlow, OWN, type Comparison, type Timing } from './comparison.ts';
import type { WayName } from './running-way.ts';

/** Of the queries that are too slow, so many are printed. */
const MAX_PRINTED = 40;

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(share * values.length) - 1] ?? Number.NaN;

const ofWay = (timings: readonly Timing[], way: WayName, which: 'firstMs' | 'allMs'): readonly number[] =>
  timings.flatMap((timing) => timing[which].get(way) ?? []);

const startingWords = ({ timings }: Comparison): readonly Timing[] =>
  timings.filter(({ query }) => query.kind === 'word-start');
const insideWords = ({ timings }: Comparison): readonly Timing[] =>
  timings.filter(({ query }) => query.kind === 'inside');

/** Over the queries whose matches begin at the start of a word. */
export const firstMs = (comparison: Comparison, way: WayName, share: number): number =>
  percentile(ofWay(startingWords(comparison), way, 'firstMs'), share);

const spread = (values: readonly number[]): string =>
  values.length === 0 ? '' : [0.5, 0.95, 1].map((share) => rounded(percentile(values, share))).join(' / ');

export function printComparison(comparison: Comparison): void {
  const { messages, storedBytes, built, timings } = comparison;
  printTable(`${messages} messages, stored in ${rounded(storedBytes / 1e6)} MB of pages; p50 / p95 / max in ms`, [
    [
      'way',
      'first answer after s',
      'all done after s',
      'held MB',
      'at most MB',
      `first ${FIRST}`,
      'all',
      `inside words, first ${FIRST}`,
      'all',
    ],
    ...[...built].map(([way, { firstAnswerMs, hastenMs, heldBytes, peakBytes }]) => [
      way,
      firstAnswerMs / 1_000,
      (firstAnswerMs + hastenMs) / 1_000,
      heldBytes / 1e6,
      peakBytes / 1e6,
      ...(['firstMs', 'allMs'] as const).map((which) => spread(ofWay(startingWords(comparison), way, which))),
      ...(['firstMs', 'allMs'] as const).map((which) => spread(ofWay(insideWords(comparison), way, which))),
    ]),
  ]);
  const categories = Map.groupBy(timings, ({ query }) => query.category);
  printTable(`${messages} messages by category, first ${FIRST}: medians in ms`, [
    ['category', 'queries', 'found', ...built.keys()],
    ...[...categories].map(([category, some]) => [
      category,
      some.length,
      median(some.map(({ hits }) => hits)),
      ...[...built.keys()].map((way) => {
        const values = ofWay(some, way, 'firstMs');
        return values.length === 0 ? '' : median(values);
      }),
    ]),
  ]);
  const slow = timings.filter(isTooSlow);
  if (slow.length === 0) return;
  printTable(`${messages} messages: ${slow.length} queries slower than 1.3 x the block scan, ms`, [
    ['phrase', 'found', OWN, 'block scan'],
    ...slow
      .slice(0, MAX_PRINTED)
      .map(({ query, hits, firstMs: took }) => [
        JSON.stringify(query.typed),
        hits,
        took.get(OWN) ?? 0,
        took.get('block scan') ?? 0,
      ]),
  ]);
}

export function summary(comparison: Comparison): Figure {
  const { storedBytes, built, timings, narrowedShare } = comparison;
  const ways = [...built].map(([way, { buildMs, firstAnswerMs, hastenMs, heldBytes, peakBytes }]) => {
    const milliseconds = (some: readonly Timing[], which: 'firstMs' | 'allMs'): Figure => {
      const values = ofWay(some, way, which);
      return values.length === 0 ? null : [0.5, 0.95, 1].map((share) => percentile(values, share));
    };
    const [starting, inside] = [startingWords(comparison), insideWords(comparison)];
    return [
      way,
      {
        buildMs,
        firstAnswerMs,
        hastenMs,
        heldBytes,
        peakBytes,
        firstMs: milliseconds(starting, 'firstMs'),
        allMs: milliseconds(starting, 'allMs'),
        insideFirstMs: milliseconds(inside, 'firstMs'),
        insideAllMs: milliseconds(inside, 'allMs'),
      },
    ] as const;
  });
  return { queries: timings.length, storedBytes, narrowedShare, ways: Object.fromEntries(ways) };
}
