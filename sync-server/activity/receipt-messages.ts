/** What a reader is told of how far the others in a chat have got. Pure. */
import type { Account } from '../../crdt/model/log/writer.ts';
import { RECEIPT_PEOPLE, RECEIPT_STEPS, type FromServer } from '../../crdt/model/protocol/stateless.ts';
import type { Position } from './positions.ts';

export type ReceiptMessage = Extract<FromServer, { kind: 'receipts' | 'receipt-counts' }>;

export interface Member {
  readonly account: Account;
  /** What came before somebody joined counts as delivered and read. */
  readonly joined: number;
  /** Has switched read receipts off: neither tells nor is told what is read. */
  readonly isSilent: boolean;
}

/** So many people have got at least as far as this arrival number. */
type Step = readonly [number: number, count: number];

interface Told {
  readonly delivered: number;
  /** 0 for who tells nothing. */
  readonly read: number;
  readonly isSilent: boolean;
}

/** Where everybody is, and where everybody is but one, who may be the reader. */
const LAST_STEPS = 2;

const NOWHERE = { delivered: 0, read: 0 } as const;

/** How far everybody in a chat has got, ready to be told to any of them. */
export class ChatReceipts {
  readonly #told: ReadonlyMap<Account, Told>;
  readonly #delivered: readonly Step[];
  readonly #read: readonly Step[];

  /** `positions` may hold people who are no members (any more). */
  constructor(members: readonly Member[], positions: Iterable<Position>) {
    const known = new Map<Account, Position>();
    for (const position of positions) known.set(position.account, position);
    this.#told = new Map(
      members.map(({ account, joined, isSilent }) => {
        const position = known.get(account) ?? NOWHERE;
        const read = Math.max(position.read, joined);
        // What is read is delivered; of who keeps it to themselves, what is delivered mustn't tell either.
        const delivered = Math.max(position.delivered, isSilent ? joined : read);
        return [account, { delivered, read: isSilent ? 0 : read, isSilent }];
      }),
    );
    const isLarge = this.#told.size > RECEIPT_PEOPLE;
    this.#delivered = isLarge ? stepsOf([...this.#told.values()].map(({ delivered }) => delivered)) : [];
    this.#read = isLarge ? stepsOf([...this.#told.values()].map(({ read }) => read)) : [];
  }

  /** True when only counts are told. */
  get isLarge(): boolean {
    return this.#told.size > RECEIPT_PEOPLE;
  }

  /** What `reader` is told: everybody but themselves; undefined for somebody who is not in the chat. */
  for(reader: Account): ReceiptMessage | undefined {
    const own = this.#told.get(reader);
    if (own === undefined) return undefined;
    if (this.isLarge) {
      return {
        kind: 'receipt-counts',
        members: this.#told.size - 1,
        delivered: withoutOne(this.#delivered, own.delivered),
        read: own.isSilent ? [] : withoutOne(this.#read, own.read),
      };
    }
    const others = [...this.#told].filter(([account]) => account !== reader);
    return {
      kind: 'receipts',
      people: others.map(([account, { delivered, read }]) => [account, delivered, own.isSilent ? 0 : read]),
    };
  }
}

/**
 * How many have got at least so far, for every number at which somebody stands: falling numbers, rising counts. Of too many the newest
 * are kept, and the last two; in between a reader takes the count before, which is never too high.
 */
export function stepsOf(numbers: readonly number[]): Step[] {
  const steps: Step[] = [];
  for (const [index, number] of numbers.toSorted((a, b) => b - a).entries()) {
    if (number === 0) break;
    if (steps.at(-1)?.[0] === number) steps.pop();
    steps.push([number, index + 1]);
  }
  if (steps.length <= RECEIPT_STEPS) return steps;
  return [...steps.slice(0, RECEIPT_STEPS - LAST_STEPS), ...steps.slice(-LAST_STEPS)];
}

/** The steps as they are without somebody who stands at `number`. */
function withoutOne(steps: readonly Step[], number: number): Step[] {
  const others: Step[] = [];
  for (const [at, count] of steps) {
    const left = number >= at ? count - 1 : count;
    if (left > (others.at(-1)?.[1] ?? 0)) others.push([at, left]);
  }
  return others;
}
