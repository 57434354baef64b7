import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LIMITS } from '../../../crdt/model/log/limits.ts';
import type { CompanyId } from '../../../crdt/model/protocol/document-name.ts';
import { ANNA, CHAT, offlineDevices } from '../../../tests/support/offline-replica.ts';
import { houseOf, type House } from '../../reactive/house.ts';
import { chatsWithTexts, takeUpLastMoments } from '../../shell/last-moment.ts';
import { saveEverything } from '../../shell/unsaved.ts';
import { createDraft, type Draft } from './draft.ts';

const openDevice = offlineDevices();
const realAdd = IDBObjectStore.prototype.add;
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
let namespace = 0;
let house: House;
const mounted = new Set<() => void>();

const openHouse = async (): Promise<House> =>
  houseOf(await openDevice(`draft-${namespace}`), `draft-${namespace}`, ANNA, 1 as CompanyId);

/** The composer's draft, as if the conversation had been opened; returned with the leaving of the screen. */
function mount(): { readonly draft: Draft; readonly leave: () => void } {
  return createRoot((dispose) => {
    const leave = (): void => {
      mounted.delete(leave);
      dispose();
    };
    mounted.add(leave);
    return { draft: createDraft(house, CHAT), leave };
  });
}

function fillDisk(): void {
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('the quota is used up', 'QuotaExceededError');
  };
}
const freeDisk = (): void => void (IDBObjectStore.prototype.add = realAdd);

/** The page goes; what is not durable then, is gone. */
async function reload(): Promise<void> {
  for (const leave of mounted) leave();
  await house.close();
  house = await openHouse();
  await takeUpLastMoments(house);
}

beforeEach(async () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('document', page);
  vi.stubGlobal(
    'localStorage',
    new Proxy(
      {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
      },
      {
        ownKeys: () => [...kept.keys()],
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      },
    ),
  );
  namespace += 1;
  house = await openHouse();
});
afterEach(async () => {
  freeDisk();
  for (const leave of mounted) leave();
  await house.close();
  vi.unstubAllGlobals();
});

test('[M1] what is typed is there after a reload', async () => {
  const { draft } = mount();
  draft.type('half a sen');
  await saveEverything();
  await reload();
  expect(mount().draft.text()).toBe('half a sen');
});

test('[M1] what is typed on a full disk is there after one has looked into another chat', async () => {
  const { draft, leave } = mount();
  fillDisk();
  draft.type('no room for this');
  await draft.keep();
  expect(draft.notKept()).toBe(true);
  leave();
  await saveEverything();
  expect(mount().draft.text()).toBe('no room for this');
});

test('[M1] of a text that is too long for a draft nothing is cut off', async () => {
  const long = `${'x'.repeat(LIMITS.draftLength)} and the end`;
  const { draft, leave } = mount();
  draft.type(long);
  leave();
  await saveEverything();
  expect(mount().draft.text() === long).toBe(true);
  await reload();
  expect(mount().draft.text() === long).toBe(true);
  const again = mount().draft;
  again.type('short');
  await again.keep();
  await reload();
  expect(mount().draft.text()).toBe('short');
});

test('[M1] a text on its way is no draft that has ended: when it was not kept, it is there in the chat, though one has left it', async () => {
  const { draft, leave } = mount();
  draft.type('on its way');
  await draft.keep();
  let land: (kept: boolean) => void = () => undefined;
  const landed = draft.lift(new Promise((resolve) => (land = resolve)));
  expect(draft.text()).toBe('');
  draft.type('typed meanwhile');
  leave();
  const saved = saveEverything();
  expect(house.draft(CHAT)).toBe('on its way');
  land(false);
  await Promise.all([landed, saved]);
  expect(mount().draft.text()).toBe('on its way\ntyped meanwhile');
});

test('[M1] a page that ends while a text is on its way has it as a draft at the next start', async () => {
  const { draft } = mount();
  draft.type('never arrived');
  let land: (kept: boolean) => void = () => undefined;
  const landed = draft.lift(new Promise((resolve) => (land = resolve)));
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  page.visibilityState = 'visible';
  // Nobody leaves the screen properly.
  mounted.clear();
  await reload();
  expect(mount().draft.text()).toBe('never arrived');
  land(false);
  await landed;
});

test('[M1] a draft ends with its message, and what failed unexpectedly comes back', async () => {
  const { draft } = mount();
  draft.type('sent');
  await draft.keep();
  await draft.lift(Promise.resolve(true));
  expect([draft.text(), house.draft(CHAT)]).toEqual(['', '']);
  draft.type('not sent');
  await draft.lift(Promise.reject(new Error('a mistake of the program')));
  expect([draft.text(), house.draft(CHAT)]).toEqual(['not sent', 'not sent']);
});

test('[M1] a draft that says what was last said is kept, unless that was on its way when the page went', async () => {
  const { draft, leave } = mount();
  draft.type('ok');
  await draft.lift(Promise.resolve(true));
  draft.type('ok');
  leave();
  await saveEverything();
  const again = mount();
  again.draft.endIfSaid('ok');
  expect(again.draft.text()).toBe('ok');

  // The message is kept, the page goes before the draft has ended.
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const landed = again.draft.lift(promise);
  mounted.clear();
  await reload();
  const { draft: last } = mount();
  expect(last.text()).toBe('ok');
  last.endIfSaid('ok');
  expect(last.text()).toBe('');
  resolve(true);
  await landed;
});

test('[M1] what another device writes meanwhile joins what is being typed here, and is stored with it', async () => {
  const { draft } = mount();
  draft.type('mine');
  await house.keepDraft(CHAT, 'theirs');
  expect(draft.text()).toBe('mine');
  await draft.keep();
  expect(draft.text()).toBe('mine\ntheirs');
  expect(house.draft(CHAT)).toBe('mine\ntheirs');
  // Made of the same: each change stands where it was made.
  draft.type('this is mine\ntheirs');
  await house.keepDraft(CHAT, 'mine\ntheirs, too');
  await draft.keep();
  expect([draft.text(), house.draft(CHAT)]).toEqual(['this is mine\ntheirs, too', 'this is mine\ntheirs, too']);
  // Nobody types here: it is followed.
  await house.keepDraft(CHAT, 'all new');
  expect(draft.text()).toBe('all new');
});

test('[M1] what another device writes while this one is writing joins it, too', async () => {
  const { draft } = mount();
  draft.type('mine');
  const kept = draft.keep();
  draft.type('mine and more');
  await Promise.all([house.keepDraft(CHAT, 'theirs'), kept]);
  await draft.keep();
  expect([draft.text(), house.draft(CHAT)]).toEqual(['mine and more\ntheirs', 'mine and more\ntheirs']);
});

test('[M1 A5] what was typed in the last moment of a page joins what another device has written since', async () => {
  const { draft } = mount();
  draft.type('from the start');
  await draft.keep();
  draft.type('from the very start');
  page.visibilityState = 'hidden';
  fillDisk();
  page.dispatchEvent(new Event('visibilitychange'));
  await draft.keep();
  page.visibilityState = 'visible';
  mounted.clear();
  freeDisk();
  await house.keepDraft(CHAT, 'from the start to the end');
  await reload();
  expect(mount().draft.text()).toBe('from the very start to the end');
  expect(house.draft(CHAT)).toBe('from the very start to the end');
});

test('[A8] of what only the last moment has, an emptied input is nothing that would be lost', async () => {
  const { draft } = mount();
  draft.type('stored');
  await draft.keep();
  fillDisk();
  draft.type('');
  await draft.keep();
  expect([...chatsWithTexts(house)]).toEqual([]);
  draft.type('no room for this');
  await draft.keep();
  expect([...chatsWithTexts(house)]).toEqual([CHAT]);
});
