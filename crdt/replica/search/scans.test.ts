import { expect, test } from 'vitest';
import { nextTurn } from '../next-turn.ts';
import { Scans } from './scans.ts';

const NEVER = new AbortController().signal;

/** A clock that goes on by three milliseconds with each look at it. */
function steadyClock(): () => number {
  let nowMs = 0;
  return () => (nowMs += 3);
}

function* turns(steps: string[], count: number): Generator<void, string> {
  for (let turn = 0; turn < count; turn += 1) {
    steps.push(`turn ${turn}`);
    yield;
  }
  return 'found';
}

test('[SE26] a search lets others in, and what would change the index waits for its end', async () => {
  const scans = new Scans(steadyClock());
  const steps: string[] = [];
  const searching = scans.run(turns(steps, 12), NEVER);
  const changing = scans.change(() => steps.push('changed'));
  await nextTurn();
  steps.push('another');
  expect(await searching).toBe('found');
  await changing;
  expect(steps.at(-1)).toBe('changed');
  expect(steps.indexOf('another')).toBeLessThan(steps.indexOf('turn 11'));
  expect(steps).toHaveLength(14);
});

test('[SE26] a search whose signal was aborted goes no further', async () => {
  const scans = new Scans(steadyClock());
  const steps: string[] = [];
  const giving = new AbortController();
  const searching = scans.run(turns(steps, 100), giving.signal);
  giving.abort();
  expect(await searching).toBeUndefined();
  expect(steps.length).toBeLessThan(5);
  const made = await scans.changeInTurn(() => steps.push('more') < 0);
  expect(made).toBe(false);
});

test('[SE26] a search that fails holds nothing up', async () => {
  const scans = new Scans(steadyClock());
  // oxlint-disable-next-line require-yield
  function* failing(): Generator<void, string> {
    throw new Error('a bug');
  }
  await expect(scans.run(failing(), NEVER)).rejects.toThrow('a bug');
  let isChanged = false;
  await scans.change(() => (isChanged = true));
  expect(isChanged).toBe(true);
});
