/**
 * One run of honest traffic: devices with several tabs that write on- and offline, reload with fresh writers, send single frames,
 * merged ones, whole states and uploads in pieces, while the server erases, fails to store, or comes back from a backup. Nothing of
 * it may be refused; a gap may only follow a failed append, and must heal.
 */
import * as Y from 'yjs';
import { encodeAppend, encodeRuns, logRoot, type Tuple } from '../../../crdt/model/log/append.ts';
import { nextClock, readLog, writersOf } from '../../../crdt/model/log/read-log.ts';
import { accountOf, makeWriter, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import { seededRandom, type Random } from '../../support/random.ts';
import { goodEntry } from './attacks.ts';
import { FuzzServer } from './server.ts';

export interface HonestRun {
  readonly updates: number;
  readonly entries: number;
  readonly gaps: number;
  readonly restores: number;
  readonly erasures: number;
  readonly failures: number;
  /** Entries that came back as erased after a restore. */
  readonly lostErasures: number;
  readonly faults: readonly string[];
}

const FROM_SERVER = Symbol('from the server');
const FROM_DEVICE = Symbol('from this device');

interface Device {
  readonly account: Account;
  /** Updates in the device's store, in the order in which they were kept. */
  readonly kept: Uint8Array[];
  readonly tabs: Tab[];
}

class Tab {
  readonly device: Device;
  doc: Y.Doc;
  writer: Writer;
  isOnline = false;
  /** Frames on their way to the server, in order. */
  toServer: Uint8Array[] = [];
  fromServer: Uint8Array[] = [];

  constructor(device: Device, writer: Writer) {
    this.device = device;
    this.writer = writer;
    this.doc = this.open();
  }

  open(merged = false): Y.Doc {
    const doc = new Y.Doc();
    const { kept } = this.device;
    const updates = merged && kept.length > 0 ? [Y.mergeUpdates(kept)] : kept;
    for (const update of updates) Y.applyUpdate(doc, update, FROM_DEVICE);
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      // What one tab keeps, the others see; what comes from the server needs no way back.
      if (origin !== FROM_DEVICE) {
        this.device.kept.push(update);
        for (const tab of this.device.tabs) if (tab !== this) Y.applyUpdate(tab.doc, update, FROM_DEVICE);
      }
      if (origin !== FROM_SERVER && this.isOnline) this.toServer.push(update);
    });
    return doc;
  }

  write(entries: readonly Tuple[]): void {
    Y.applyUpdate(this.doc, encodeAppend(logRoot(this.writer), this.writer, nextClock(this.doc, this.writer), entries));
  }

  disconnect(): void {
    this.isOnline = false;
    this.toServer = [];
    this.fromServer = [];
  }
}

export function honestRun(seed: number): HonestRun {
  const random = seededRandom(seed);
  const canFail = random.chance(0.2);
  const canRestore = random.chance(0.3);
  const tally = { updates: 0, entries: 0, gaps: 0, restores: 0, erasures: 0, failures: 0, lostErasures: 0 };
  const faults: string[] = [];
  const written = new Map<string, string>();
  const erasedPlaces = new Set<string>();
  const devices: Device[] = [];
  for (const account of [7, 8, 9].slice(0, random.integer(1, 3)) as Account[]) {
    for (let left = random.integer(1, 2); left > 0; left -= 1) {
      const device: Device = { account, kept: [], tabs: [] };
      for (let tabs = random.integer(1, 2); tabs > 0; tabs -= 1)
        device.tabs.push(new Tab(device, freshWriter(account)));
      devices.push(device);
    }
  }
  const tabs = devices.flatMap((device) => device.tabs);
  let server = watched(new FuzzServer());

  for (let step = random.integer(40, 160); step > 0; step -= 1) {
    const tab = random.pick(tabs);
    const kind = random.integer(0, 99);
    if (kind < 30) write(tab, random.pick([1, 1, 1, 2, 5, 30]));
    else if (kind < 40) (tab.isOnline ? () => tab.disconnect() : () => connect(tab))();
    else if (kind < 44) reload(tab);
    else if (kind < 70) deliver(tab, random.pick([1, 1, 1, 2, 5]));
    else if (kind < 85) server.commit();
    else if (kind < 92) receive(tab);
    else if (kind < 95) erase();
    else if (kind < 97 && canFail) fail();
    else if (kind >= 97 && canRestore && random.chance(0.4)) restore();
  }
  settle();
  settle();
  compare();
  return { ...tally, faults };

  function freshWriter(account: Account): Writer {
    return makeWriter(account, random.uint32());
  }

  /** Sends on what the server applies to everybody who is connected. */
  function watched(next: FuzzServer): FuzzServer {
    next.doc.on('update', (update: Uint8Array) => {
      for (const tab of tabs) if (tab.isOnline) tab.fromServer.push(update);
    });
    return next;
  }

  function write(tab: Tab, count: number): void {
    const entries = Array.from({ length: count }, () => goodEntry(random, tab.device.account));
    const clock = nextClock(tab.doc, tab.writer);
    for (const [index, entry] of entries.entries())
      written.set(`${tab.writer}.${clock + index}`, JSON.stringify(entry));
    tally.entries += count;
    tab.write(entries);
  }

  function connect(tab: Tab): void {
    const known = Y.encodeStateVector(server.doc);
    if (random.chance(0.2)) tab.toServer.push(...pieces(tab, random));
    tab.isOnline = true;
    tab.fromServer.push(Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(tab.doc)));
    tab.toServer.push(
      random.pick([
        () => Y.encodeStateAsUpdate(tab.doc, known),
        () => Y.encodeStateAsUpdate(tab.doc),
        () => Y.diffUpdate(Y.encodeStateAsUpdate(tab.doc), known),
        () => (tab.device.kept.length > 0 ? Y.diffUpdate(Y.mergeUpdates(tab.device.kept), known) : Uint8Array.of(0, 0)),
      ])(),
    );
  }

  /** The entries that the server may lack, upload by upload. */
  function pieces(tab: Tab, from: Random): Uint8Array[] {
    const size = from.integer(1, 20);
    const uploads: Uint8Array[] = [];
    for (const writer of writersOf(tab.doc)) {
      if (accountOf(writer) !== tab.device.account) continue;
      const entries = [...readLog(tab.doc, writer)].map(({ tuple }) => tuple);
      for (let at = nextClock(server.doc, writer); at < entries.length; at += size) {
        uploads.push(encodeRuns([{ writer, from: at, entries: entries.slice(at, at + size) }]));
      }
    }
    return uploads;
  }

  function reload(tab: Tab): void {
    tab.disconnect();
    tab.doc = tab.open(random.chance(0.5));
    tab.writer = freshWriter(tab.device.account);
  }

  function deliver(tab: Tab, count: number): void {
    const frames = tab.toServer.splice(0, count);
    if (frames.length === 0) return;
    const updates = frames.length > 1 && random.chance(0.5) ? [Y.mergeUpdates(frames)] : frames;
    for (const update of updates) {
      tally.updates += 1;
      const verdict = server.receive(update, { account: tab.device.account, mayWrite: true });
      if (verdict.kind === 'accepted') {
        for (const run of verdict.runs) tally.lostErasures += run.entries.filter((entry) => entry === undefined).length;
      } else if (verdict.code !== 'gap') {
        faults.push(`seed ${seed}: refused ${verdict.code} ${verdict.detail}`);
      }
      if (verdict.kind === 'accepted' && verdict.gaps.length === 0) continue;
      tally.gaps += 1;
      if (tally.failures === 0) faults.push(`seed ${seed}: gap without a failed append`);
      // Asked for everything; what is on its way already comes after it.
      tab.toServer.push(Y.encodeStateAsUpdate(tab.doc, Y.encodeStateVector(server.doc)));
    }
  }

  function receive(tab: Tab): void {
    for (const update of tab.fromServer.splice(0)) Y.applyUpdate(tab.doc, update, FROM_SERVER);
  }

  function erase(): void {
    const [writer] = random.shuffle(writersOf(server.doc).filter((one) => accountOf(one) > 1));
    if (writer === undefined) return;
    const stored = nextClock(server.doc, writer);
    // Mostly of late, so that a backup often lacks both the entry and its erasure.
    const from = random.chance(0.7) ? Math.max(0, stored - random.integer(1, 5)) : random.integer(0, stored - 1);
    const to = Math.min(stored, from + random.integer(1, 4));
    for (let clock = from; clock < to; clock += 1) erasedPlaces.add(`${writer}.${clock}`);
    tally.erasures += 1;
    server.erase([{ writer, from, to }]);
  }

  function fail(): void {
    if (server.fail().length > 0) tally.failures += 1;
  }

  /** The server comes back with less than it had acknowledged. */
  function restore(): void {
    const backup = server.stored.slice(0, random.integer(0, server.stored.length));
    tally.restores += 1;
    for (const tab of tabs) tab.disconnect();
    server = watched(new FuzzServer(1 + tally.restores, backup));
  }

  /** Everybody is connected and everything is delivered. */
  function settle(): void {
    for (const tab of tabs) {
      if (!tab.isOnline) connect(tab);
      else tab.toServer.push(Y.encodeStateAsUpdate(tab.doc, Y.encodeStateVector(server.doc)));
    }
    for (let round = 0; round < 1_000 && tabs.some((tab) => tab.toServer.length > 0); round += 1) {
      for (const tab of random.shuffle(tabs)) deliver(tab, 3);
      server.commit();
    }
    while (server.waiting > 0) server.commit();
    for (const tab of tabs) receive(tab);
  }

  /** All that was written is on the server and on every device, unless it was erased. */
  function compare(): void {
    for (const [what, doc] of [['server', server.doc] as const, ...tabs.map((tab) => ['tab', tab.doc] as const)]) {
      const found = new Set<string>();
      for (const writer of writersOf(doc)) {
        if (accountOf(writer) === 1) continue;
        for (const { clock, tuple } of readLog(doc, writer)) {
          const place = `${writer}.${clock}`;
          found.add(place);
          const isRight = tuple === undefined ? erasedPlaces.has(place) : JSON.stringify(tuple) === written.get(place);
          if (!isRight) faults.push(`seed ${seed}: ${what} holds another entry at ${place}`);
        }
      }
      if (found.size !== written.size)
        faults.push(`seed ${seed}: ${what} has ${found.size} of ${written.size} entries`);
    }
  }
}
