import { For, Show, type JSX } from 'solid-js';
import { deliveryOf, type Receipts } from '../../../crdt/model/chat/receipts.ts';
import { shownTimeMs, type TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { dayAndTimeText } from '../../i18n/dates.ts';
import { locale, texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { nameOf } from '../../shell/names.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { deliveryWords } from './delivery-words.ts';

interface MessageDetailsProps {
  readonly conversation: Conversation;
  readonly message: TimelineMessage;
  readonly onClose: () => void;
}

/** When a message was written and stored, and who has got and read it. */
export function MessageDetails(props: MessageDetailsProps): JSX.Element {
  const house = useHouse();
  const own = (): boolean => props.message.author === house.account;
  const state = (): string =>
    deliveryWords(
      { waits: props.message.pendingEdit, arrival: props.message.arrival?.number },
      props.conversation.receipts(),
    ).words;
  return (
    <Dialog
      open
      title={texts().conversation.detailsTitle}
      closeLabel={texts().conversation.close}
      onClose={props.onClose}
    >
      <dl class="message-details">
        <dt>{texts().conversation.written}</dt>
        <dd>
          {dayAndTimeText(shownTimeMs(props.message))}
          <Show when={props.message.edited}> · {texts().conversation.edited}</Show>
        </dd>
        <Show when={props.message.arrival}>
          {(arrival) => (
            <>
              <dt>{texts().conversation.stored}</dt>
              <dd>{dayAndTimeText(arrival().timeMs)}</dd>
            </>
          )}
        </Show>
        <Show when={own()}>
          <dt>{texts().conversation.state}</dt>
          <dd>{state()}</dd>
          <Show when={props.message.arrival}>
            {(arrival) => <Receivers number={arrival().number} receipts={props.conversation.receipts()} />}
          </Show>
        </Show>
      </dl>
    </Dialog>
  );
}

/** Who in a small chat, how many in a large one. */
function Receivers(props: { readonly number: number; readonly receipts: Receipts }): JSX.Element {
  const house = useHouse();
  const delivery = () => deliveryOf(props.number, props.receipts);
  const people = () => {
    const { receipts, number } = props;
    if (receipts.kind === 'counts') return undefined;
    const accounts = [...receipts.delivered.keys()];
    const reads = (account: Account): boolean => (receipts.read.get(account) ?? 0) >= number;
    const has = (account: Account): boolean => reads(account) || (receipts.delivered.get(account) ?? 0) >= number;
    const names = (which: (account: Account) => boolean): readonly string[] =>
      accounts
        .filter((account) => which(account))
        .map((account) => nameOf(house.people(), account))
        .toSorted(new Intl.Collator(locale()).compare);
    return [
      [texts().conversation.readBy, names(reads)],
      [texts().conversation.deliveredTo, names((account) => has(account) && !reads(account))],
      [texts().conversation.notDeliveredTo, names((account) => !has(account))],
    ] as const;
  };
  return (
    <Show
      when={people()}
      fallback={
        <>
          <dt>{texts().conversation.readBy}</dt>
          <dd>{texts().conversation.ofPeople(delivery().readBy, delivery().of)}</dd>
          <dt>{texts().conversation.deliveredTo}</dt>
          <dd>{texts().conversation.ofPeople(delivery().deliveredTo, delivery().of)}</dd>
        </>
      }
    >
      {(groups) => (
        <For each={groups().filter(([, names]) => names.length > 0)}>
          {([label, names]) => (
            <>
              <dt>{label}</dt>
              <dd>
                <ul>
                  <For each={names}>{(name) => <li dir="auto">{name}</li>}</For>
                </ul>
              </dd>
            </>
          )}
        </For>
      )}
    </Show>
  );
}
