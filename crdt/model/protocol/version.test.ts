import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ARRIVALS_ROOT, FACTS_ROOT } from '../log/append.ts';
import { encodeArrival } from '../chat/arrivals.ts';
import { encodeChatEntry } from '../chat/entry.ts';
import { writer } from '../../../tests/support/chat-builder.ts';
import { HEAD } from '../log/entry-kind.ts';
import { encodeServerHeader } from '../log/server-log.ts';
import { encodeSet } from '../log/set-entry.ts';
import { stampAt } from '../log/stamp.ts';
import * as http from './http.ts';
import * as stateless from './stateless.ts';
import { PROTOCOL_VERSION } from './version.ts';

/** A schema as data: everything that decides what passes; our own checks by their source. */
function shape(value: unknown): unknown {
  if (typeof value === 'function') return value.toString().replaceAll(/\s+/g, '');
  if (value instanceof RegExp) return value.source;
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('~') && key !== 'reference')
      .map(([key, member]) => [key, shape(member)]),
  );
}

function wire(): string {
  const schemas = [stateless, http].map((module) =>
    Object.entries(module)
      .filter(([, member]) => typeof member === 'object')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, shape(member)]),
  );
  const place = { writer: writer(2, 7), clock: 3 };
  const common = { stamp: stampAt(Date.UTC(2026, 0, 1)), first: place };
  const run = { writer: place.writer, from: 3, to: 5, number: 9, timeMs: 70 };
  const entries = [
    encodeChatEntry({ kind: 'message', text: 'a', ...common }),
    encodeChatEntry({ kind: 'edit', text: 'a', target: place, ...common }),
    encodeChatEntry({ kind: 'retraction', target: place, ...common }),
    encodeChatEntry({ kind: 'reaction', emoji: 'a', target: place, ...common }),
    encodeSet(common.stamp, 'key', null),
    encodeArrival({ number: 5, timeMs: 60 }, { index: undefined, reached: 3 }, run),
    encodeServerHeader({ previous: { writer: writer(1, 7), length: 4 }, number: 5, timeMs: 60 }),
  ];
  return JSON.stringify([schemas, HEAD, entries, ARRIVALS_ROOT, FACTS_ROOT]);
}

/** One line per version ever released. When this test fails, raise PROTOCOL_VERSION and add the new hash. */
const KNOWN: Readonly<Record<number, string>> = {
  1: 'fa5cba25baf50794',
  2: 'cac2c2861cd906f7',
};

test('[NM5] whoever changes what goes over the wire raises the protocol version', () => {
  const hash = createHash('sha256').update(wire()).digest('hex').slice(0, 16);
  expect({ version: PROTOCOL_VERSION, hash }).toEqual({ version: PROTOCOL_VERSION, hash: KNOWN[PROTOCOL_VERSION] });
});

test('[NM5] the hash sees the schemas', () => {
  expect(wire()).toContain('serverTimeMs');
  expect(wire().length).toBeGreaterThan(5_000);
});
