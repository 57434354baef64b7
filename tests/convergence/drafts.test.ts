import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LIMITS } from '../../crdt/model/log/limits.ts';
import { draftKey, draftOf } from '../../crdt/model/me/me-entries.ts';
import { privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, type Installation, type SignedInPerson } from '../support/installation.ts';
import type { NodeDevice } from '../support/replica-client.ts';
import { devicesAt, holds, type DeviceOptions } from './people.ts';

let installation: Installation;
const deviceOf = devicesAt(() => installation);
let anna: SignedInPerson;
let chat: ChatId;
const OFFLINE = 'http://127.0.0.1:9';

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());
beforeEach(async () => {
  anna = await installation.addPerson();
  chat = privateChatId(anna.account, (await installation.addPerson()).account);
});

const device = (options?: DeviceOptions): Promise<NodeDevice> => deviceOf(anna, options);

const draft = ({ replica }: NodeDevice): string => draftOf(replica.me.facts.get(), chat);
const write = async ({ replica }: NodeDevice, text: string): Promise<void> =>
  expect(await replica.setMine(draftKey(chat), text === '' ? null : text)).toMatchObject({ kind: 'waiting' });
const arrived = ({ replica }: NodeDevice): Promise<unknown> => holds(replica.waiting, (waiting) => waiting === 0);
const reads = ({ replica }: NodeDevice, text: string): Promise<unknown> =>
  holds(replica.me.facts, (facts) => draftOf(facts, chat) === text);

for (const [which, when] of [
  ['later', 'after'],
  ['earlier', 'before'],
] as const) {
  test(`[RP69] of a draft that was written without network nothing is lost, though it is the ${which} one`, async () => {
    const desk = await device();
    await write(desk, 'Hello');
    await arrived(desk);
    const phone = await device();
    await reads(phone, 'Hello');
    await arrived(phone);
    await phone.stop();
    const offline = await device({ namespace: phone.namespace, origin: OFFLINE });
    if (when === 'before') await write(offline, 'Hello from the train');
    await write(desk, 'Hello from the desk');
    await arrived(desk);
    if (when === 'after') await write(offline, 'Hello from the train');
    await offline.stop();

    const back = await device({ namespace: phone.namespace });
    const both = 'Hello from the train\nHello from the desk';
    await Promise.all([reads(back, both), reads(desk, both)]);
    await arrived(back);
    expect([draft(back), draft(desk)]).toEqual([both, both]);
    // And it is a draft like any other.
    await write(desk, '');
    await Promise.all([reads(back, ''), reads(desk, '')]);
  });
}

test('[RP69] two drafts that are as long as a message may be become one, though that is too long for a message', async () => {
  const [train, desktop] = ['t'.repeat(LIMITS.textLength), '字'.repeat(LIMITS.textLength)];
  const phone = await device({ origin: OFFLINE });
  await write(phone, train);
  await phone.stop();
  const desk = await device();
  await write(desk, desktop);
  await arrived(desk);
  const back = await device({ namespace: phone.namespace });
  const both = `${train}\n${desktop}`;
  await Promise.all([reads(back, both), reads(desk, both)]);
  await Promise.all([arrived(back), arrived(desk)]);
});

test('[RP69] a draft stays whole when a later one from elsewhere is a part of it', async () => {
  const phone = await device({ origin: OFFLINE });
  await write(phone, 'Hello from the train');
  await phone.stop();
  const desk = await device();
  await write(desk, 'Hello');
  await arrived(desk);
  const back = await device({ namespace: phone.namespace });
  await reads(desk, 'Hello from the train');
  await arrived(back);
  expect(draft(back)).toBe('Hello from the train');
});

test('[RP69] in two tabs of a device what was written elsewhere comes in once', async () => {
  const desk = await device();
  const phone = await device({ origin: OFFLINE });
  await write(phone, 'from the train');
  await phone.stop();
  await write(desk, 'from the desk');
  await arrived(desk);
  const tabs = [await device({ namespace: phone.namespace }), await device({ namespace: phone.namespace })];
  const both = 'from the train\nfrom the desk';
  await Promise.all([...tabs, desk].map((one) => reads(one, both)));
  await Promise.all([...tabs, desk].map(arrived));
  expect([...tabs, desk].map(draft)).toEqual([both, both, both]);
});
