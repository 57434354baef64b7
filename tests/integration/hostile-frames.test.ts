import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { chatDocument, internalChatId, meDocument } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation } from '../support/installation.ts';
import { seededRandom } from '../support/random.ts';
import { freshWriter, message, RawSocket, SyncSocket } from '../support/sync-client.ts';

const FRAMES = 4_000;

/** A frame that a provider could send: address, message type, and what belongs to it. */
function frame(address: string, type: number, ...rest: ((encoder: encoding.Encoder) => void)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, address);
  encoding.writeVarUint(encoder, type);
  for (const write of rest) write(encoder);
  return encoding.toUint8Array(encoder);
}
const uint = (value: number) => (encoder: encoding.Encoder) => encoding.writeVarUint(encoder, value);
const string = (value: string) => (encoder: encoding.Encoder) => encoding.writeVarString(encoder, value);
const bytes = (value: Uint8Array) => (encoder: encoding.Encoder) => encoding.writeVarUint8Array(encoder, value);

describe('frames that no provider sends', () => {
  let at: Installation;
  beforeAll(async () => {
    at = await openInstallation({
      environment: { LOG_LEVEL: 'silent' },
      limits: { updates: { burst: 1e6, perSecond: 1e6 } },
    });
  });
  afterAll(() => at.close());

  test(`[SV96] ${FRAMES} mutated frames end nothing but their own connections`, async () => {
    const random = seededRandom(4711);
    const below = (bound: number): number => random.integer(0, bound - 1);
    const { account, company } = at.administrator;
    const name = chatDocument(internalChatId(company));
    const witness = new SyncSocket(at, at.administrator);
    const watching = witness.open(name);
    await watching.synced();

    const addresses = [
      name,
      `${name}\0session`,
      meDocument(account),
      'inbox/1',
      'chat/p-2-2',
      '',
      '\0',
      'x'.repeat(2_000),
    ];
    const writer = freshWriter(account);
    const update = (): Uint8Array => encodeAppend(logRoot(writer), writer, below(3), [message('hostile')]);
    const valid = (): Uint8Array => {
      const address = random.pick(addresses);
      switch (below(8)) {
        case 0:
          return frame(address, 2, uint(0), string('cookie'), string('4.8.0'));
        case 1:
          return frame(address, 0, uint(0), bytes(new Uint8Array([0])));
        case 2:
          return frame(address, 0, uint(1), bytes(update()));
        case 3:
          return frame(address, 0, uint(2), bytes(update()));
        case 4:
          return frame(address, 1, bytes(new Uint8Array([1, 5, 1, 2, 123, 125])));
        case 5:
          return frame(address, 5, string('{"kind":"time","sentAtMs":1}'));
        case 6:
          return frame(address, below(12), uint(below(4)));
        default:
          return frame(address, 7, string('bye'));
      }
    };
    const mutated = (): Uint8Array => {
      const good = valid();
      for (let change = below(4); change > 0 && good.length > 0; change -= 1) {
        good[below(good.length)] = below(256);
      }
      return below(10) === 0 ? good.slice(0, below(good.length + 1)) : good;
    };

    let socket = new RawSocket(at, at.administrator);
    await socket.opened();
    for (let sent = 0; sent < FRAMES; sent += 1) {
      if (socket.socket.readyState !== socket.socket.OPEN) {
        socket = new RawSocket(at, at.administrator);
        await socket.opened();
      }
      socket.socket.send(mutated());
      if (sent % 50 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    socket.close();

    // The witness has been there all the time, and an honest message still comes through.
    const honest = await watching.arrival(watching.writer, watching.append(message('still here')));
    expect(honest.number).toBeGreaterThan(0);
    expect(watching.closings).toEqual([]);
    witness.close();
  });
});
