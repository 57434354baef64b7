/** How far everybody else in a chat has got, and what that says of one's own messages. Positions are arrival numbers. */
import type { Account } from '../log/writer.ts';

/** So many people have got at least as far as this arrival number. */
export type Step = readonly [number: number, count: number];

export type Receipts =
  /** Everybody else; 0 where nothing is known, or not told. */
  | {
      readonly kind: 'people';
      readonly delivered: ReadonlyMap<Account, number>;
      readonly read: ReadonlyMap<Account, number>;
    }
  /** Of a larger chat. Steps fall by number and rise by count; `members` are all the others. */
  | {
      readonly kind: 'counts';
      readonly members: number;
      readonly delivered: readonly Step[];
      readonly read: readonly Step[];
    };

export const NO_RECEIPTS: Receipts = { kind: 'people', delivered: new Map(), read: new Map() };

/** As the server tells them: account, delivered up to, read up to. */
export const receiptsOfPeople = (people: readonly (readonly [Account, number, number])[]): Receipts => ({
  kind: 'people',
  delivered: new Map(people.map(([account, delivered]) => [account, delivered])),
  read: new Map(people.map(([account, , read]) => [account, read])),
});

/** Who keeps their own reading to themselves is shown nobody's. */
export const withoutReading = (receipts: Receipts): Receipts =>
  receipts.kind === 'people' ? { ...receipts, read: new Map() } : { ...receipts, read: [] };

export interface Delivery {
  /** `delivered` and `read`: by everybody else. */
  readonly state: 'sent' | 'delivered' | 'read';
  readonly deliveredTo: number;
  readonly readBy: number;
  /** Everybody else in the chat, as far as known. */
  readonly of: number;
}

/** What is known of a message with this arrival number. Never says more than is so. */
export function deliveryOf(arrivalNumber: number, receipts: Receipts): Delivery {
  const { of, readBy, delivered } = countsOf(arrivalNumber, receipts);
  // What somebody has read, one of their devices has.
  const deliveredTo = Math.max(delivered, readBy);
  const state = of === 0 || deliveredTo < of ? 'sent' : readBy < of ? 'delivered' : 'read';
  return { state, deliveredTo, readBy, of };
}

function countsOf(number: number, receipts: Receipts): { of: number; readBy: number; delivered: number } {
  if (receipts.kind === 'counts') {
    const { members, delivered, read } = receipts;
    return { of: members, readBy: reached(read, number), delivered: reached(delivered, number) };
  }
  let [readBy, delivered] = [0, 0];
  for (const [account, deliveredUpTo] of receipts.delivered) {
    const hasRead = (receipts.read.get(account) ?? 0) >= number;
    if (hasRead) readBy += 1;
    if (hasRead || deliveredUpTo >= number) delivered += 1;
  }
  return { of: receipts.delivered.size, readBy, delivered };
}

const reached = (steps: readonly Step[], number: number): number =>
  steps.reduce((most, [at, count]) => (at >= number ? Math.max(most, count) : most), 0);
