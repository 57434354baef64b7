/** One device on a bad line, with a clock of its own, that is switched off and on and dies now and then while its person writes. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ReplicaTimings } from '../../../crdt/replica/contract.ts';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { Corpus } from '../../support/corpus.ts';
import type { SignedInPerson } from '../../support/installation.ts';
import type { Random } from '../../support/random.ts';
import type { Remembered } from '../../support/remembered.ts';
import { openNodeDevice, type NodeDevice } from '../../support/replica-client.ts';
import { createScribe, type Scribe } from '../../support/scribe.ts';
import type { NamedDevice } from '../../support/show.ts';
import { CLEAR, openTcpProxy, type TcpProxy } from '../../support/tcp-proxy.ts';

/** Short, so that a seed takes seconds and not minutes; the server's heartbeat is shortened with them. */
export const TIMINGS: Partial<ReplicaTimings> = { silenceMs: 1_500, retryMinMs: 40, retryMaxMs: 400, receiptMs: 1_000 };

const ACTIONS = 200;
/** Written offline, then online, then offline ...: so many in a row. */
const BLOCK = { min: 10, max: 40 };
const THINKING_MS = 30;
const CRASHES = 0.01;
const YEAR_MS = 365 * 86_400_000;
/** A frozen tab lives on for a moment beside its successor. */
const AFTERLIFE_MS = 400;

export interface TravellerOptions {
  readonly name: string;
  readonly person: SignedInPerson;
  readonly chats: readonly ChatId[];
  readonly serverPort: number;
  readonly publicOrigin: string;
  readonly random: Random;
  readonly corpus: Corpus;
  readonly remembered: Remembered;
}

export interface Traveller {
  readonly proxy: TcpProxy;
  readonly isOffline: () => boolean;
  readonly crashes: () => number;
  readonly writtenOffline: () => number;
  readonly messages: () => number;
  /** Writes everything; half of it without a line. */
  write(): Promise<void>;
  collect(): Promise<void>;
  shown(): NamedDevice;
  /** Ends the device and its line. */
  leave(): Promise<void>;
}

export async function sendTraveller(options: TravellerOptions): Promise<Traveller> {
  const { name, person, chats, random, corpus, remembered } = options;
  const proxy = await openTcpProxy({ targetPort: options.serverPort, random: random.unit });
  const skewMs = random.chance(0.5) ? Math.round((random.unit() * 2 - 1) * YEAR_MS) : random.integer(-2_000, 2_000);
  const open = (): Promise<NodeDevice> =>
    openNodeDevice({
      origin: `http://127.0.0.1:${proxy.port}`,
      publicOrigin: options.publicOrigin,
      cookie: person.cookie,
      account: person.account,
      company: person.company,
      namespace: name,
      random,
      skewMs,
      timings: TIMINGS,
    });

  let device = await open();
  const scribe: Scribe = createScribe(device, {
    label: name,
    account: person.account,
    chats,
    random,
    corpus,
    remembered,
  });
  let offline = false;
  let crashes = 0;
  let writtenOffline = 0;
  const leaving: Promise<void>[] = [];

  async function crash(): Promise<void> {
    crashes += 1;
    const dying = device;
    await scribe.collect();
    const overlaps = random.chance(0.5);
    dying.cut();
    if (overlaps) leaving.push(pause(AFTERLIFE_MS).then(() => dying.stop()));
    else await dying.stop();
    device = await open();
    scribe.use(device);
  }

  async function setOffline(next: boolean): Promise<void> {
    offline = next;
    await proxy.setWeather(next ? { kind: random.chance(0.5) ? 'black-hole' : 'refused' } : CLEAR);
    if (next) proxy.reset();
    else await device.wake();
  }

  return {
    proxy,
    isOffline: () => offline,
    crashes: () => crashes,
    writtenOffline: () => writtenOffline,
    messages: () => scribe.messages,
    async write() {
      while (scribe.messages < ACTIONS) {
        await setOffline(writtenOffline * 2 < scribe.messages || (scribe.messages === 0 && random.chance(0.5)));
        for (let left = random.integer(BLOCK.min, BLOCK.max); left > 0 && scribe.messages < ACTIONS; left -= 1) {
          const before = scribe.messages;
          await scribe.act();
          if (offline) writtenOffline += scribe.messages - before;
          if (random.chance(CRASHES)) await crash();
          await pause(random.unit() * THINKING_MS);
        }
        await scribe.collect();
      }
      await setOffline(false);
    },
    collect: () => scribe.collect(),
    shown: () => ({ name, account: person.account, device, chats }),
    async leave() {
      await Promise.all(leaving);
      await device.stop();
      await proxy.close();
    },
  };
}
