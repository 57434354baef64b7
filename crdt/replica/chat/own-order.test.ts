import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChatBuilder } from '../../../tests/support/chat-builder.ts';
import { ANNA, CHAT, CHAT_DOCUMENT, holds, offlineDevices, texts } from '../../../tests/support/offline-replica.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import type { Account, Writer } from '../../model/log/writer.ts';
import { chatDocument, privateChatId } from '../../model/protocol/document-name.ts';
import type { ChatView, Replica } from '../contract.ts';
import { tabChannelName } from '../documents/device.ts';
import { TabChannel } from '../tabs/tab-channel.ts';

const openDevice = offlineDevices();
/** Nobody writes here: what is told of it shows that everything told before has been heard. */
const ELSEWHERE = chatDocument(privateChatId(ANNA, 7 as Account));

/** One device with two tabs, and the part of a server that gives arrivals and the time; all clocks are the test's. */
class Desk {
  readonly #tabs: TabChannel;
  readonly #page = new ChatBuilder().page(1);
  readonly #stored = new Map<Writer, number>();
  readonly #errorMs: number;
  readonly #views: ChatView[] = [];
  readonly #replicas: Replica[] = [];
  readonly written: string[] = [];
  #nowMs = Date.UTC(2026, 10, 22);
  #told = 0;

  constructor(namespace: string, errorMs: number) {
    this.#errorMs = errorMs;
    this.#tabs = new TabChannel(tabChannelName(namespace));
  }

  async open(namespace: string): Promise<this> {
    for (let tab = 0; tab < 2; tab += 1) {
      const replica = await openDevice(namespace, { nowMs: () => this.#nowMs + this.#errorMs });
      this.#replicas.push(replica);
      this.#views.push(await replica.openChat(CHAT));
    }
    return this;
  }

  async close(): Promise<void> {
    this.#tabs.close();
    for (const replica of this.#replicas) await replica.stop();
  }

  pass(ms: number): void {
    this.#nowMs += ms;
  }

  /** A person writes into one tab what comes after all that both tabs show. */
  async write(tab: number): Promise<void> {
    const text = `text ${this.written.length}`;
    this.written.push(text);
    const outcome = await this.#views[tab]?.append({ kind: 'message', text });
    expect(outcome?.kind).toBe('waiting');
    await this.#all((view) => view.messages.get().length === this.written.length);
  }

  /** The server tells its time, as near as a way of up to a second there and back lets the device know. */
  async tellTime(wrongMs: number): Promise<void> {
    this.#tabs.post({ kind: 'clock', offsetMs: -this.#errorMs + wrongMs });
    await this.#heard();
  }

  /** The server stores all that waits, in one commit, writers in the order in which Yjs sends them. */
  async store(): Promise<void> {
    const next = new Map<Writer, number>();
    for (const { place } of this.#views[0]?.messages.get() ?? []) {
      next.set(place.writer, Math.max(next.get(place.writer) ?? 0, place.clock + 1));
    }
    for (const [writer, to] of [...next].toSorted(([a], [b]) => b - a)) {
      const from = this.#stored.get(writer) ?? 0;
      if (to === from) continue;
      this.#stored.set(writer, to);
      this.#page.append(writer, ...Array.from({ length: to - from }, () => [HEAD.message, 0, 'known']));
      const run = this.#page.arrive(writer, this.#nowMs);
      const update = this.#page.updates.at(-1);
      if (run === undefined || update === undefined) throw new Error('nothing arrived');
      this.#tabs.post({ kind: 'stored', document: CHAT_DOCUMENT, generation: 1, update, number: run.number });
    }
    await this.#all((view) => view.messages.get().every(({ arrival }) => arrival !== undefined));
    // No answer of a disk, and nobody who has seen it, is as quick as to write within the same millisecond.
    this.pass(1);
  }

  shown(): string[][] {
    return this.#views.map(texts);
  }

  async #all(condition: (view: ChatView) => boolean): Promise<void> {
    for (const view of this.#views) await holds(view.messages, () => condition(view));
  }

  async #heard(): Promise<void> {
    this.#told += 1;
    const count = this.#told;
    this.#tabs.post({ kind: 'waiting', document: ELSEWHERE, count });
    for (const { waitingByChat } of this.#replicas) {
      await holds(waitingByChat, (waiting) => waiting.get(privateChatId(ANNA, 7 as Account)) === count);
    }
  }
}

type Step =
  | { readonly kind: 'write'; readonly tab: number }
  | { readonly kind: 'time'; readonly wrongMs: number }
  | { readonly kind: 'store' }
  | { readonly kind: 'pass'; readonly ms: number };

let runs = 0;

async function play(errorMs: number, steps: readonly Step[]): Promise<void> {
  const namespace = `own-order-${(runs += 1)}`;
  const desk = await new Desk(namespace, errorMs).open(namespace);
  try {
    for (const step of steps) {
      if (step.kind === 'write') await desk.write(step.tab);
      else if (step.kind === 'time') await desk.tellTime(step.wrongMs);
      else if (step.kind === 'store') await desk.store();
      else desk.pass(step.ms);
    }
    desk.pass(1);
    await desk.store();
    expect(desk.shown()).toEqual([desk.written, desk.written]);
  } finally {
    await desk.close();
  }
}

test('[WR6] [RP7] what a fresh device writes before it knows the time stands before what it writes after', async () => {
  await play(-800, [
    { kind: 'write', tab: 0 },
    { kind: 'pass', ms: 300 },
    { kind: 'time', wrongMs: 0 },
    { kind: 'store' },
    { kind: 'time', wrongMs: -900 },
    { kind: 'write', tab: 0 },
    { kind: 'write', tab: 1 },
  ]);
});

test('[TL1] [RP7] what two tabs wrote before the device knew the time, and arrives at once, stands as it was written', async () => {
  const writes = [0, 1, 0, 1, 1, 0].map((tab): Step => ({ kind: 'write', tab }));
  await play(240_000, [...writes, { kind: 'time', wrongMs: 0 }, { kind: 'write', tab: 1 }]);
});

test('[WR6] [RP7] texts written one after the other on a device stand in that order in the end, whatever its clock and whenever it is told the time', async () => {
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), tab: fc.nat(1) }) },
    fc.record({ kind: fc.constant('time' as const), wrongMs: fc.integer({ min: -900, max: 900 }) }),
    fc.record({ kind: fc.constant('store' as const) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(0, 1, 400, 5_000, 120_000) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -290_000, max: 290_000 }), fc.array(step, { maxLength: 14 }), play),
    { numRuns: 40 },
  );
}, 60_000);
