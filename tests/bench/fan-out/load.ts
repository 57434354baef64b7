/**
 * The load of fan-out, the same against every server: a room of raw readers, twenty people who write as fast as a window of
 * unanswered messages allows, and one reader that applies everything and checks it.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeChatEntry } from '../../../crdt/model/chat/entry.ts';
import { encodeAppend, logRoot } from '../../../crdt/model/log/append.ts';
import { entryAt, nextClock } from '../../../crdt/model/log/read-log.ts';
import { stampAt } from '../../../crdt/model/log/stamp.ts';
import { makeWriter, type Account, type Writer } from '../../../crdt/model/log/writer.ts';
import type { Random } from '../../support/random.ts';
import { openRawReader, type Address, type RawReader } from './raw-reader.ts';
import type { Wire } from './wire.ts';

/** Messages that one writer has sent and not seen come back. */
const WINDOW = 200;
const OPENING_AT_ONCE = 50;

export interface Room {
  readonly wire: Wire;
  /** The server wants signs of life. */
  readonly beats: boolean;
  /** Where reader number `index` connects, and as whom. */
  reader(index: number): Address;
  readonly writers: readonly { readonly account: Account; readonly address: Address }[];
}

export interface Delivered {
  readonly messages: number;
  readonly perSecond: number;
}

async function openSocket({ port, path, headers }: Address, wire: Wire): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  await once(socket, 'open');
  for (const bytes of wire.opening) socket.send(bytes);
  return socket;
}

/** Deliveries per second of `readers` readers, over about `durationMs`. */
export async function measureRoom(room: Room, readers: number, durationMs: number, random: Random): Promise<Delivered> {
  const raw: RawReader[] = [];
  for (let first = 0; first < readers - 1; first += OPENING_AT_ONCE) {
    const count = Math.min(OPENING_AT_ONCE, readers - 1 - first);
    const opened = Array.from({ length: count }, (_, index) =>
      openRawReader(room.reader(first + index), room.wire, room.beats),
    );
    raw.push(...(await Promise.all(opened)));
  }

  const doc = new Y.Doc();
  const monitor = await openSocket(room.reader(readers - 1), room.wire);
  const writers = await Promise.all(
    room.writers.map(async ({ account, address }) => {
      const writer: Writer = makeWriter(account, random.uint32());
      return { writer, sent: 0, socket: await openSocket(address, room.wire) };
    }),
  );
  type Sending = (typeof writers)[number];

  const send = (sending: Sending, text: string): void => {
    const { writer, sent, socket } = sending;
    const entry = encodeChatEntry({ kind: 'message', stamp: stampAt(Date.now()), text, first: undefined });
    sending.sent += 1;
    socket.send(room.wire.update(encodeAppend(logRoot(writer), writer, sent, [entry])));
  };

  let running = false;
  const fill = (): void => {
    for (const sending of running ? writers : []) {
      for (let free = nextClock(doc, sending.writer) + WINDOW - sending.sent; free > 0; free -= 1) {
        send(sending, `Is the key for number ${sending.sent} still with the caretaker? He has it until six.`);
      }
    }
  };
  const caughtUp = (): boolean => writers.every(({ writer, sent }) => nextClock(doc, writer) >= sent);
  let onApplied = (): void => undefined;
  monitor.on('message', (data: Buffer) => {
    const update = room.wire.read(data);
    if (update === undefined) return;
    Y.applyUpdate(doc, update);
    fill();
    onApplied();
  });
  const applied = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      onApplied = () => {
        if (holds()) resolve();
      };
      onApplied();
    });

  /** Everybody has seen everything that was sent before: each connection delivers in order. */
  const [speaker] = writers;
  if (speaker === undefined) throw new RangeError('a room needs a writer');
  const everybodySees = async (text: string): Promise<void> => {
    const seen = raw.map((reader) => reader.saw(text));
    send(speaker, text);
    await Promise.all([...seen, applied(caughtUp)]);
  };

  await everybodySees(`first ${random.uint32()}`);
  const startedMs = performance.now();
  const sentBefore = speaker.sent;
  running = true;
  fill();
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  running = false;
  await applied(caughtUp);
  await everybodySees(`last ${random.uint32()}`);
  const seconds = (performance.now() - startedMs) / 1_000;

  let messages = -sentBefore;
  for (const { writer, sent } of writers) {
    for (let clock = 0; clock < sent; clock += 1) {
      if (entryAt(doc, writer, clock) === undefined) throw new Error('a message was lost on its way');
    }
    messages += sent;
  }
  for (const { socket } of writers) socket.terminate();
  monitor.terminate();
  for (const reader of raw) reader.close();
  return { messages, perSecond: (messages * readers) / seconds };
}
