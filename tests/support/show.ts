/** What devices show at the end: waits until they are in step, then reads everything, all pages loaded. */
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Device } from './device.ts';
import type { Showing } from './remembered.ts';

export interface NamedDevice {
  readonly name: string;
  readonly account: number;
  readonly device: Device;
  readonly chats: readonly ChatId[];
}

const POLL_MS = 250;
const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));

async function showOne({ name, account, device, chats }: NamedDevice): Promise<Showing[]> {
  const showings: Showing[] = [];
  for (const chat of chats) {
    await device.loadAll(chat);
    const sight = await device.see(chat);
    const { unread } = await device.status();
    showings.push({ device: name, account, chat, sight, listed: unread[chat] ?? 0 });
  }
  return showings;
}

/** Short and equal for equal sights. */
const digest = ({ sight, listed }: Showing): string => {
  const last = sight.messages.at(-1);
  const numbers = sight.messages.reduce((sum, { number }) => sum + number, 0);
  return `${sight.messages.length} ${numbers} ${last?.id} ${sight.unread} ${listed}`;
};

/**
 * Waits until nothing waits on any device and their sights have stopped changing, at most `withinMs`; then says what they show,
 * whatever that is: the judgement is not made here.
 */
export async function showAll(devices: readonly NamedDevice[], withinMs: number): Promise<Showing[]> {
  const endMs = performance.now() + withinMs;
  await Promise.all(devices.map(({ device }) => device.allSent(withinMs)));
  let before = '';
  let calm = 0;
  for (;;) {
    const showings: Showing[] = [];
    for (const device of devices) showings.push(...(await showOne(device)));
    const now = showings.map(digest).join('\n');
    const lengths = new Map<ChatId, Set<number>>();
    for (const { chat, sight } of showings) {
      lengths.set(chat, (lengths.get(chat) ?? new Set()).add(sight.messages.length));
    }
    const isLevel = [...lengths.values()].every((set) => set.size === 1);
    calm = now === before ? calm + 1 : 0;
    // Level and calm is the end; calm alone may be a device that is still looking for its line.
    if ((isLevel && calm >= 2) || performance.now() > endMs) return showings;
    before = now;
    await pause(POLL_MS);
  }
}
