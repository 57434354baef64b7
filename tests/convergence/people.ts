/** People with devices at a real installation: what the convergence tests are played with. */
import { afterEach } from 'vitest';
import type { ChatView, Replica, ReplicaTimings, StorageUse, Watchable } from '../../crdt/replica/contract.ts';
import { openNodeDevice, type NodeDevice } from '../support/replica-client.ts';
import type { Reachable, SignedInPerson } from '../support/installation.ts';
import { seededRandom, type Random } from '../support/random.ts';

/** A tenth of a person's patience, so that tests are quick; the server's heartbeat is not part of it. */
export const QUICK: Partial<ReplicaTimings> = {
  silenceMs: 15_000,
  retryMinMs: 50,
  retryMaxMs: 400,
  receiptMs: 1_000,
  roomMs: 200,
};

let devices = 0;

export interface DeviceOptions {
  readonly namespace?: string;
  readonly skewMs?: number;
  readonly origin?: string;
  readonly cookie?: string;
  /** Of the random numbers; another for each device unless given. */
  readonly seed?: number;
  /** In place of a seeded one. */
  readonly random?: Random;
  readonly losesAnswer?: (path: string) => boolean | Promise<boolean>;
  readonly storageUse?: () => Promise<StorageUse>;
}

export function openDevice(at: Reachable, person: SignedInPerson, options: DeviceOptions = {}): Promise<NodeDevice> {
  devices += 1;
  return openNodeDevice({
    origin: options.origin ?? at.url,
    publicOrigin: at.publicUrl,
    cookie: options.cookie ?? person.cookie,
    account: person.account,
    company: person.company,
    namespace: options.namespace ?? `device-${devices}`,
    random: options.random ?? seededRandom(options.seed ?? 1_000 + devices),
    skewMs: options.skewMs ?? 0,
    timings: QUICK,
    ...(options.storageUse === undefined ? {} : { storageUse: options.storageUse }),
    ...(options.losesAnswer === undefined ? {} : { losesAnswer: options.losesAnswer }),
  });
}

/** Devices at an installation; all are stopped after each test. To be called once per test file. */
export function devicesAt(installation: () => Reachable) {
  const open: NodeDevice[] = [];
  afterEach(async () => {
    for (const device of open.splice(0)) await device.stop();
  });
  return async (person: SignedInPerson, options?: DeviceOptions): Promise<NodeDevice> => {
    const opened = await openDevice(installation(), person, options);
    open.push(opened);
    return opened;
  };
}

/** Resolves with the value as soon as the condition holds for it; rejects with the last value when it doesn't within the time. */
export function holds<T>(watchable: Watchable<T>, condition: (value: T) => boolean, withinMs = 15_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      dispose();
      settle();
    };
    const timer = setTimeout(
      () => finish(() => reject(new Error(`still ${JSON.stringify(watchable.get(), mapsAsLists).slice(0, 500)}`))),
      withinMs,
    );
    const check = (): void => {
      const value = watchable.get();
      if (condition(value)) finish(() => resolve(value));
    };
    const dispose = watchable.subscribe(check);
    check();
  });
}

const mapsAsLists = (_key: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);

export const online = (replica: Replica): Promise<unknown> =>
  holds(replica.connection, (connection) => connection.kind === 'online');

export const texts = (view: ChatView): string[] => view.messages.get().map(({ text }) => text);

export const shows = (view: ChatView, expected: readonly string[]): Promise<unknown> =>
  holds(view.messages, (messages) => JSON.stringify(messages.map(({ text }) => text)) === JSON.stringify(expected));
