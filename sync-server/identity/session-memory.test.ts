import { expect, test } from 'vitest';
import { SessionMemory } from './session-memory.ts';
import type { SignedIn } from './identity.ts';

const session = (name: string, expiresMs = 1_000_000): SignedIn => ({
  session: name,
  user: `user of ${name}`,
  expiresMs,
});

function memoryAt(most = 10) {
  let nowMs = 0;
  const memory = new SessionMemory({ sessionMemoryMs: 1_000, rememberedSessions: most }, () => nowMs);
  return { memory, pass: (ms: number) => (nowMs += ms) };
}

test('[SV113] what was found is remembered for a while, and never beyond its own end', () => {
  const { memory, pass } = memoryAt();
  memory.remember('one', session('1'), memory.ends);
  memory.remember('two', session('2', 500), memory.ends);
  expect(memory.find('one')?.session).toBe('1');
  pass(500);
  expect(memory.find('two')).toBeUndefined();
  expect(memory.find('one')?.session).toBe('1');
  pass(500);
  expect(memory.find('one')).toBeUndefined();
});

test('[SV113] what ends is forgotten, and what was looked up meanwhile is not remembered', () => {
  const { memory } = memoryAt();
  memory.remember('one', session('1'), memory.ends);
  memory.remember('two', session('2'), memory.ends);
  const { ends } = memory;
  memory.ended((one) => one.session === '1');
  memory.remember('one', session('1'), ends);
  expect(memory.find('one')).toBeUndefined();
  expect(memory.find('two')?.session).toBe('2');
});

test('[SV113] the memory is bounded', () => {
  const { memory } = memoryAt(3);
  for (const name of ['1', '2', '3', '4']) memory.remember(name, session(name), memory.ends);
  memory.remember('x'.repeat(10_000), session('5'), memory.ends);
  expect(['1', '2', '3', '4'].filter((name) => memory.find(name) !== undefined)).toEqual(['2', '3', '4']);
  expect(memory.find('x'.repeat(10_000))).toBeUndefined();
});
