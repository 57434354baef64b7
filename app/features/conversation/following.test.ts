import { expect, test, vi } from 'vitest';
import { entryId, type EntryId } from '../../../crdt/model/log/entry-id.ts';
import { makeWriter, type Account } from '../../../crdt/model/log/writer.ts';
import { makeFollowing, type Following } from './following.ts';
import { makePace } from './pace.ts';
import type { Range } from './range.ts';

const JONAS = 3 as Account;
const WRITER = makeWriter(JONAS, 7);
const ROW_PX = 60;
const VIEW_PX = 600;

/** A timeline of rows of one height, without a page. */
function timeline(start: Range) {
  const ids: EntryId[] = [];
  const indexes = new Map<EntryId, number>();
  const shows: Range[] = [];
  let shown = start;
  let wanted = true;
  let refreshes = 0;
  let touches = 0;
  let built = 0;
  const grow = (to: number): void => {
    while (ids.length < to) {
      const id = entryId(WRITER, ids.length + 1);
      indexes.set(id, ids.length);
      ids.push(id);
    }
  };
  grow(start.to);
  const following: Following = makeFollowing({
    count: () => ids.length,
    idAt: (index) => ids[index],
    indexOf: (id) => indexes.get(id) ?? -1,
    shown: () => shown,
    isWanted: () => wanted,
    viewPx: () => VIEW_PX,
    pace: makePace(),
    prepare(fresh) {
      built += fresh;
      return fresh * ROW_PX;
    },
    show(range) {
      shown = range;
      shows.push(range);
    },
    touch() {
      touches += 1;
    },
    refresh() {
      refreshes += 1;
      following.drop();
      shown = { from: shown.from, to: ids.length };
    },
    onCalm() {},
  });
  return {
    following,
    shows,
    come(count: number) {
      grow(ids.length + count);
      following.changed();
    },
    leave() {
      wanted = false;
    },
    refreshes: () => refreshes,
    touches: () => touches,
    built: () => built,
  };
}

test('[M6] a message that comes in alone is shown at once', () => {
  const { come, shows, following } = timeline({ from: 80, to: 100 });
  come(1);
  expect(shows).toEqual([{ from: 80, to: 101 }]);
  following.stop();
});

test('[M6] what comes in within a beat is shown together, after rows that were built out of sight', async () => {
  const { come, shows, following } = timeline({ from: 80, to: 100 });
  come(1);
  for (let turns = 0; turns < 8; turns += 1) come(1);
  expect(shows).toHaveLength(1);
  await vi.waitFor(() =>
    expect(shows).toEqual([
      { from: 80, to: 101 },
      { from: 80, to: 109 },
    ]),
  );
  following.stop();
});

test('[M5] what changes of what is shown, such as an own deletion, does not wait for the beat', () => {
  const { come, shows, following, touches } = timeline({ from: 80, to: 100 });
  come(1);
  following.changed();
  expect([shows.length, touches()]).toEqual([1, 1]);
  following.stop();
});

test('[M6] of more than fits into the view only the last are built, and they take the place of what was shown', async () => {
  const { come, shows, following, built } = timeline({ from: 80, to: 100 });
  come(1_000);
  await vi.waitFor(() => expect(shows).toHaveLength(1));
  const [range] = shows;
  expect(range?.to).toBe(1_100);
  expect(built()).toBe(1_100 - (range?.from ?? 0));
  expect(built() * ROW_PX).toBeGreaterThanOrEqual(VIEW_PX);
  expect(built()).toBeLessThan(20);
  expect(following.isBusy).toBe(true);
  following.stop();
});

test('[C8] who leaves the end meanwhile is left where they are: what was built is dropped', async () => {
  const { come, leave, shows, following, refreshes } = timeline({ from: 80, to: 100 });
  come(1_000);
  leave();
  await vi.waitFor(() => expect(refreshes()).toBe(1));
  expect([shows, following.ahead]).toEqual([[], undefined]);
  following.stop();
});
