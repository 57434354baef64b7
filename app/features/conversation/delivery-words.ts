/** What the state of an own message is called, and its sign. */
import { deliveryOf, type Receipts } from '../../../crdt/model/chat/receipts.ts';
import { texts } from '../../i18n/language.ts';
import type { MessageRow } from './timeline-rows.ts';

export interface DeliveryWords {
  readonly state: 'waiting' | 'sent' | 'delivered' | 'read';
  readonly words: string;
}

type Sent = Pick<MessageRow, 'waits' | 'arrival'>;

/** Among several people it says how many, as soon as it is somebody. */
export function deliveryWords({ waits, arrival }: Sent, receipts: Receipts): DeliveryWords {
  const said = texts().delivery;
  if (arrival === undefined) return { state: 'waiting', words: said.waiting };
  if (waits) return { state: 'waiting', words: said.editWaits };
  const { state, deliveredTo, readBy, of } = deliveryOf(arrival, receipts);
  if (state !== 'read' && of > 1) {
    if (readBy > 0) return { state, words: said.readByOf(readBy, of) };
    if (state === 'sent' && deliveredTo > 0) return { state, words: said.deliveredToOf(deliveredTo, of) };
  }
  return { state, words: said[state] };
}
