import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ChatBuilder } from '../../../tests/support/chat-builder.ts';
import { encodeAppend, encodeErasure, FACTS_ROOT } from './append.ts';
import { FactsReader } from './facts.ts';
import { encodeServerHeader } from './server-log.ts';
import { encodeSet } from './set-entry.ts';
import { stampAt } from './stamp.ts';
import { makeWriter, SERVER_ACCOUNT, type Writer } from './writer.ts';

const server = (random: number): Writer => makeWriter(SERVER_ACCOUNT, random);

test('[FA1] what the server wrote later counts; null takes a key away', () => {
  const page = new ChatBuilder().page(1);
  page.fact('title', 'one');
  page.fact('page/2', true);
  page.fact('title', 'two');
  page.fact('page/2', null);
  const reader = new FactsReader(page.doc());
  expect(reader.read()).toBe(true);
  expect([...reader.values]).toEqual([['title', 'two']]);
});

test('[FA1] the order of writing counts, even when the server’s clock was put back', () => {
  const writer = server(1);
  const doc = new Y.Doc();
  const header = encodeServerHeader({ previous: undefined, number: 0, timeMs: 1 });
  const entries = [encodeSet(stampAt(Date.UTC(2027, 0, 1)), 'title', 'one'), encodeSet(stampAt(0), 'title', 'two')];
  Y.applyUpdate(doc, encodeAppend(FACTS_ROOT, writer, 0, [header, ...entries]));
  const reader = new FactsReader(doc);
  reader.read();
  expect(reader.values.get('title')).toBe('two');
});

test('[FA2] facts are read on as they come, and superseded ones may be erased', () => {
  const page = new ChatBuilder().page(1);
  const place = page.fact('title', 'one');
  const doc = page.doc();
  const reader = new FactsReader(doc);
  reader.read();
  expect(reader.placeOf('title')).toMatchObject(place);
  page.fact('title', 'two');
  page.updates.push(encodeErasure([{ writer: place.writer, from: place.clock, to: place.clock + 1 }]));
  for (const update of page.updates) Y.applyUpdate(doc, update);
  expect(reader.read()).toBe(true);
  expect(reader.values.get('title')).toBe('two');
  expect(reader.read()).toBe(false);
  const fresh = new FactsReader(doc);
  fresh.read();
  expect([...fresh.values]).toEqual([...reader.values]);
});

test('[FA3] facts of a lost history are void', () => {
  const doc = new Y.Doc();
  const reader = new FactsReader(doc);
  const first = encodeServerHeader({ previous: undefined, number: 0, timeMs: 1 });
  const lost = [encodeSet(stampAt(0), 'title', 'kept'), encodeSet(stampAt(0), 'page/2', true)];
  Y.applyUpdate(doc, encodeAppend(FACTS_ROOT, server(9), 0, [first, ...lost]));
  reader.read();
  const next = encodeServerHeader({ previous: { writer: server(9), length: 2 }, number: 0, timeMs: 2 });
  Y.applyUpdate(doc, encodeAppend(FACTS_ROOT, server(3), 0, [next]));
  reader.read();
  expect([...reader.values]).toEqual([['title', 'kept']]);
});
