/**
 * Attacks the gate with hostile and mutated updates, judged by an oracle that shares no code with it, alone and at the wire of a whole
 * server, and sends it honest traffic, of which nothing may be refused. A failing seed is printed and can be run alone: `npm run prove -- gate-fuzz` with GATE_FUZZ_SEED.
 */
import type { Measurement } from '../support/measurement.ts';
import { honestRun } from './gate-fuzz/honest.ts';
import { attackEpisode } from './gate-fuzz/hostile.ts';
import { attackWire } from './gate-fuzz/wire.ts';

const EPISODES = 520;
const UPDATES_PER_EPISODE = 400;
const HONEST_RUNS = 1_500;
const WIRE_RUNS = 2;
const UPDATES_PER_WIRE_RUN = 3_000;
/** A call longer than this counts as a hang; the usual one takes microseconds. */
const HANG_MS = 2_000;
/** Seeds printed at most. */
const SHOWN = 20;

export async function prove(): Promise<Measurement> {
  const [episodes, runs, offset] = plan(process.env['GATE_FUZZ_SEED']);
  const hostile = { updates: 0, accepted: 0, entries: 0, throws: 0, slowestMs: 0 };
  const honest = {
    updates: 0,
    entries: 0,
    gaps: 0,
    restores: 0,
    erasures: 0,
    failures: 0,
    lostErasures: 0,
  };
  const faults: string[] = [];
  const families = new Map<string, number>();

  for (let seed = offset; seed < offset + episodes; seed += 1) {
    const episode = attackEpisode(seed, UPDATES_PER_EPISODE);
    hostile.updates += episode.updates;
    hostile.accepted += episode.accepted;
    hostile.entries += episode.entries;
    hostile.throws += episode.throws;
    hostile.slowestMs = Math.max(hostile.slowestMs, Math.ceil(episode.slowestMs));
    for (const [family, count] of episode.families) families.set(family, (families.get(family) ?? 0) + count);
    faults.push(...episode.faults);
  }
  let refusedRuns = 0;
  for (let seed = offset; seed < offset + runs; seed += 1) {
    const { faults: wrong, ...figures } = honestRun(seed);
    for (const [name, value] of Object.entries(figures)) honest[name as keyof typeof honest] += value;
    if (wrong.length > 0) refusedRuns += 1;
    faults.push(...wrong);
  }
  const wire = { updates: 0, accepted: 0, byHttp: 0, faults: 0 };
  for (let seed = offset; seed < offset + Math.min(runs, WIRE_RUNS); seed += 1) {
    const run = await attackWire(seed, UPDATES_PER_WIRE_RUN);
    wire.updates += run.updates;
    wire.accepted += run.accepted;
    wire.byHttp += run.byHttp;
    wire.faults += run.faults.length;
    faults.push(...run.faults.map((fault) => `wire, seed ${seed}: ${fault}`));
  }

  console.table({ hostile });
  console.table({ 'accepted by family': Object.fromEntries(families) });
  console.table({ honest });
  console.table({ wire });
  for (const fault of faults.slice(0, SHOWN)) console.error(fault);
  const hangs = hostile.slowestMs > HANG_MS;
  return {
    name: 'gate-fuzz',
    pass: faults.length === 0 && hostile.throws === 0 && !hangs,
    figures: {
      hostileUpdates: hostile.updates,
      hostileAccepted: hostile.accepted,
      faults: faults.length,
      throws: hostile.throws,
      slowestMs: hostile.slowestMs,
      honestRuns: runs,
      honestUpdates: honest.updates,
      honestEntries: honest.entries,
      honestRefusedRuns: refusedRuns,
      gapsAfterFailedAppends: honest.gaps,
      restores: honest.restores,
      wire,
    },
  };
}

/** All seeds, or the one given. */
function plan(seed: string | undefined): readonly [episodes: number, runs: number, offset: number] {
  return seed === undefined ? [EPISODES, HONEST_RUNS, 1] : [1, 1, Number(seed)];
}
