import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ChatBuilder, writer, type PageBuilder } from '../../../tests/support/chat-builder.ts';
import { encodeAppend, logRoot, type Tuple } from '../log/append.ts';
import { encodeSet } from '../log/set-entry.ts';
import { nextStamp, stampAfter, type Stamp } from '../log/stamp.ts';
import type { Account, Writer } from '../log/writer.ts';
import { DraftConflicts } from './draft-conflicts.ts';
import { MeErasures, MeReader } from './me-values.ts';

const ANNA = 2 as Account;
const KEY = 'draft/p-2-3';
const T0 = Date.UTC(2026, 0, 1);

/** The server's copy of Anna's `me` document: what shares a turn is told as one, without what is erased in it. */
class Server {
  readonly told: Uint8Array[] = [];
  readonly #page: PageBuilder = new ChatBuilder().page(1);
  readonly #doc = new Y.Doc();
  readonly #erasures = new MeErasures(new Y.Doc());
  #timeMs = T0;
  #applied = 0;

  constructor() {
    this.#doc.on('update', (update: Uint8Array) => this.told.push(update));
  }

  take(by: Writer, from: number, entries: readonly Tuple[]): void {
    this.#page.append(by, ...entries);
    this.#page.arrive(by, (this.#timeMs += 1_000));
    const superseded = this.#erasures.plan([{ writer: by, from, to: from + entries.length, entries }]);
    for (const { writer: of, from: first, to } of superseded) {
      for (let clock = first; clock < to; clock += 1) this.#page.erase({ writer: of, clock });
    }
  }

  get isInTurn(): boolean {
    return this.#applied < this.#page.updates.length;
  }

  endTurn(): void {
    const fresh = this.#page.updates.slice(this.#applied);
    this.#applied = this.#page.updates.length;
    this.#doc.transact(() => {
      for (const update of fresh) Y.applyUpdate(this.#doc, update);
    });
  }
}

/** A device as the replica keeps it: what it writes goes out when it is in step, what comes in is read at once. */
class Device {
  readonly #server: Server;
  readonly #writer: Writer;
  readonly #doc = new Y.Doc();
  readonly #reader = new MeReader(this.#doc);
  readonly #conflicts = new DraftConflicts(this.#doc, ANNA);
  readonly #written: Tuple[] = [];
  #sent = 0;
  #receipted = 0;
  #seen = 0;
  #last: Stamp | undefined;

  constructor(server: Server, number: number) {
    this.#server = server;
    this.#writer = writer(ANNA, number);
  }

  get draft(): string {
    this.#reader.read();
    const value = this.#reader.values.get(KEY);
    return typeof value === 'string' ? value : '';
  }

  write(text: string, minute: number): void {
    this.#reader.read();
    const before = this.#reader.stampOf(KEY);
    const stamp = nextStamp(T0 + minute * 60_000, this.#last, false);
    this.#last = before === undefined || stamp > before ? stamp : stampAfter(before);
    const tuple = encodeSet(this.#last, KEY, text === '' ? null : text);
    Y.applyUpdate(this.#doc, encodeAppend(logRoot(this.#writer), this.#writer, this.#written.length, [tuple]));
    this.#written.push(tuple);
    this.#settle(minute);
  }

  /** On the line: what was written goes out. */
  send(): void {
    const fresh = this.#written.slice(this.#sent);
    // Who takes a draft away in the very turn in which another device writes it, takes that away, too.
    const takesAway = fresh.some(([, , , value]) => value === null);
    if (takesAway) this.#server.endTurn();
    if (fresh.length > 0) this.#server.take(this.#writer, this.#sent, fresh);
    if (takesAway) this.#server.endTurn();
    this.#sent = this.#written.length;
  }

  /** What the server has told comes in: one by one on the line, and all as one when the device is back without anything on its way. */
  receive(minute: number, isBack = false): void {
    const updates = this.#server.told.slice(this.#seen);
    this.#seen = this.#server.told.length;
    const atOnce = isBack && this.#sent === this.#receipted;
    if (!this.#server.isInTurn) this.#receipted = this.#sent;
    for (const update of atOnce && updates.length > 1 ? [Y.mergeUpdates(updates)] : updates) {
      Y.applyUpdate(this.#doc, update);
      this.#settle(minute);
    }
  }

  /** True when the server has all of it, and it all that the server has. */
  get isInStep(): boolean {
    return this.#sent === this.#written.length && this.#seen === this.#server.told.length;
  }

  #settle(minute: number): void {
    for (const text of this.#conflicts.read().values()) if (text !== this.draft) this.write(text, minute);
  }
}

function inStep(server: Server, devices: readonly Device[], minute: number): void {
  do {
    for (const device of devices) {
      device.receive(minute);
      device.send();
      server.endTurn();
    }
  } while (!devices.every((device) => device.isInStep));
}

test('[FA17] what two devices have typed without knowing of each other is one draft on both', () => {
  const server = new Server();
  const [phone, desk] = [new Device(server, 1), new Device(server, 2)];
  phone.write('Hello', 1);
  inStep(server, [phone, desk], 1);
  phone.write('Hello Anna', 2);
  desk.write('Hello Ben', 3);
  inStep(server, [phone, desk], 4);
  expect([phone.draft, desk.draft]).toEqual(['Hello Ben\nHello Anna', 'Hello Ben\nHello Anna']);
});

test('[FA17] what is typed on after the other device has followed, and what is sent, is as it was written', () => {
  const server = new Server();
  const [phone, desk] = [new Device(server, 1), new Device(server, 2)];
  for (const text of ['He', 'Hello', 'Hel', 'Help']) {
    phone.write(text, 1);
    phone.send();
    server.endTurn();
  }
  desk.receive(2);
  desk.write('Something else', 3);
  inStep(server, [phone, desk], 4);
  expect([phone.draft, desk.draft]).toEqual(['Something else', 'Something else']);
  phone.write('', 5);
  inStep(server, [phone, desk], 5);
  expect([phone.draft, desk.draft]).toEqual(['', '']);
});

const step = fc.record({
  device: fc.nat(2),
  what: fc.constantFrom('append', 'append', 'prepend', 'clear', 'back', 'send', 'receive', 'end of turn'),
});

test('[FA17] whatever is written where and told when, all devices end with the same draft, and no word is lost that nobody took away', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const server = new Server();
      const devices = [new Device(server, 1), new Device(server, 2), new Device(server, 3)];
      const words = new Set<string>();
      for (const [minute, { device: index, what }] of steps.entries()) {
        const device = devices[index];
        if (device === undefined) continue;
        const before = device.draft;
        const word = `<${minute}>`;
        if (what === 'clear') {
          for (const known of words) if (before.includes(known)) words.delete(known);
          device.write('', minute);
        } else if (what === 'append' || what === 'prepend') {
          words.add(word);
          device.write(what === 'append' ? before + word : word + before, minute);
        } else if (what === 'end of turn') server.endTurn();
        else {
          // Whoever sends has heard what was said before.
          device.receive(minute, what === 'back');
          if (what !== 'receive') device.send();
        }
      }
      inStep(server, devices, steps.length);
      const [first, ...others] = devices.map((device) => device.draft);
      for (const draft of others) expect(draft).toBe(first);
      for (const word of words) expect(first).toContain(word);
    }),
    { numRuns: 200 },
  );
});
