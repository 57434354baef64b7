import { Show, type JSX } from 'solid-js';
import type { Receipts } from '../../../crdt/model/chat/receipts.ts';
import { dayAndTimeText, dayOf, timeText } from '../../i18n/dates.ts';
import { texts } from '../../i18n/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { deliveryWords } from './delivery-words.ts';
import type { MessageRow } from './timeline-rows.ts';

/** Time and state of a message. Inside a group the eye needs neither; the ear does. */
export function MessageFoot(props: { readonly row: MessageRow; readonly receipts: Receipts }): JSX.Element {
  const shown = (): boolean =>
    props.row.endsGroup || props.row.waits || props.row.edited || props.row.arrivedMs !== undefined;
  const arrived = (timeMs: number): string =>
    dayOf(timeMs) === dayOf(props.row.timeMs) ? timeText(timeMs) : dayAndTimeText(timeMs);
  return (
    <div class={shown() ? 'timeline-foot' : 'visually-hidden'}>
      <Show when={props.row.edited}>
        <span>{texts().conversation.edited}</span>
      </Show>
      <time dateTime={new Date(props.row.timeMs).toISOString()} title={dayAndTimeText(props.row.timeMs)}>
        {timeText(props.row.timeMs)}
      </time>
      <Show when={props.row.arrivedMs}>
        {(timeMs) => <span>· {texts().conversation.arrived(arrived(timeMs()))}</span>}
      </Show>
      <Show when={props.row.own}>
        <State row={props.row} receipts={props.receipts} />
      </Show>
    </div>
  );
}

/** A sign with its words: what calls for attention in full, the rest as a tooltip; heard in full. */
function State(props: { readonly row: MessageRow; readonly receipts: Receipts }): JSX.Element {
  const delivery = () => deliveryWords(props.row, props.receipts);
  const spelled = (): boolean => delivery().state === 'waiting' || delivery().state === 'read';
  return (
    <span class="timeline-state" data-state={delivery().state} data-tooltip={spelled() ? undefined : delivery().words}>
      <span class={spelled() ? undefined : 'visually-hidden'}>{delivery().words}</span>
      <Icon name={delivery().state} />
    </span>
  );
}
