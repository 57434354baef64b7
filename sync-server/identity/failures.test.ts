import { beforeEach, describe, expect, test } from 'vitest';
import { SERVER_LIMITS } from '../limits.ts';
import { SignInFailures } from './failures.ts';

describe('slowing down', () => {
  let nowMs = 0;
  let failures: SignInFailures;
  beforeEach(() => {
    failures = new SignInFailures({ ...SERVER_LIMITS, rememberedCallers: 3 }, () => nowMs);
  });

  test('[SV42] the wait doubles with each failure and never passes its bound', () => {
    const waits: number[] = [];
    for (let attempt = 0; attempt < 20; attempt += 1) {
      failures.failed('anna@example.test', `10.0.0.${attempt}`);
      waits.push(failures.waitMs('Anna@example.test', 'elsewhere'));
    }
    expect(waits.slice(3, 8)).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
    expect(Math.max(...waits)).toBe(SERVER_LIMITS.longestWaitMs);
  });

  test('[SV42] a network address that tries many people is slowed down, too', () => {
    for (let attempt = 0; attempt < SERVER_LIMITS.freeFailuresPerAddress; attempt += 1) {
      failures.failed(`person${attempt}@example.test`, '10.0.0.1');
    }
    expect(failures.waitMs('somebody@example.test', '10.0.0.1')).toBeGreaterThan(0);
    expect(failures.waitMs('somebody@example.test', '10.0.0.2')).toBe(0);
  });

  test('[SV42] the right password forgives, and so does time', () => {
    for (let attempt = 0; attempt < 6; attempt += 1) failures.failed('anna@example.test', '10.0.0.1');
    expect(failures.waitMs('anna@example.test', '10.0.0.1')).toBeGreaterThan(0);
    failures.succeeded('anna@example.test', '10.0.0.1');
    expect(failures.waitMs('anna@example.test', '10.0.0.1')).toBe(0);
    for (let attempt = 0; attempt < 6; attempt += 1) failures.failed('anna@example.test', '10.0.0.1');
    nowMs += SERVER_LIMITS.failureMemoryMs;
    failures.failed('anna@example.test', '10.0.0.1');
    expect(failures.waitMs('anna@example.test', '10.0.0.1')).toBe(0);
  });
});
