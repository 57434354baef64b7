import { expect, test } from 'vitest';
import { nextTurn } from '../../reactive/in-turns.ts';
import { makeTurn } from './turn.ts';

test('work is done once, in a turn after that which asked for it, however often it was asked for', async () => {
  let done = 0;
  const turn = makeTurn(() => void (done += 1));
  turn.soon();
  turn.soon();
  expect([done, turn.due]).toEqual([0, true]);
  await nextTurn();
  expect([done, turn.due]).toEqual([1, false]);
  turn.soon();
  await nextTurn();
  expect(done).toBe(2);
});

test('work that is no longer wanted is not done, and what is asked for afterwards is done once', async () => {
  let done = 0;
  const turn = makeTurn(() => void (done += 1));
  turn.soon();
  turn.cancel();
  expect(turn.due).toBe(false);
  turn.soon();
  await nextTurn();
  await nextTurn();
  expect(done).toBe(1);
});

test('work may ask for its next turn', async () => {
  let done = 0;
  const turn = makeTurn(() => {
    done += 1;
    if (done < 3) turn.soon();
  });
  turn.soon();
  for (let turns = 0; turns < 4; turns += 1) await nextTurn();
  expect(done).toBe(3);
});
