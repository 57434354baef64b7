import { expect, test } from 'vitest';
import { makePace } from './pace.ts';

test('a slow device draws fewer rows at once, at once; when it gets quicker, slowly more; always one, never many', () => {
  const pace = makePace();
  pace.took(pace.rows, 100);
  expect(pace.rows).toBe(1);
  pace.took(1, 4);
  expect(pace.rows).toBe(1);
  for (let turns = 0; turns < 20; turns += 1) pace.took(pace.rows, 0.01);
  expect(pace.rows).toBe(4);
});
