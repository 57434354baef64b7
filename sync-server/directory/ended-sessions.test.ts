import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../storage/sqlite/database.ts';
import { DIRECTORY_MIGRATIONS } from './directory-migrations.ts';
import { Directory } from './directory.ts';
import { EndedSessions } from './ended-sessions.ts';

test('[SV112] a wish to wipe is remembered for its time, can follow a mere sign-out but not be taken back by one, and is nobody else’s', () => {
  const file = openDatabase(':memory:', DIRECTORY_MIGRATIONS);
  onTestFinished(() => file.close());
  let nowMs = 1_000;
  const ended = new EndedSessions(new Directory(file), 10_000, () => nowMs);
  ended.end('phone', false);
  expect(ended.of('phone')).toBe('ended');
  ended.end('phone', true);
  expect(ended.of('phone')).toBe('wipe');
  // The same sign-out, finished after a crash or by a second click.
  ended.end('phone', false);
  expect(ended.of('phone')).toBe('wipe');
  expect(ended.of('desk')).toBeUndefined();
  nowMs += 9_999;
  ended.end('tablet', false);
  expect(ended.of('phone')).toBe('wipe');
  nowMs += 5_000;
  ended.end('desk', false);
  expect(ended.of('phone')).toBeUndefined();
  expect(ended.of('tablet')).toBe('ended');
});
