import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js';
import { dayAndTimeText, dayOf, dayText, timeText } from '../../i18n/dates.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { nameOf } from '../../shell/names.ts';
import { Bubble } from '../../ui/Bubble.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { linkParts, type TextPart } from './link-parts.ts';
import type { DayRow, MessageRow, TimelineRow, UnreadRow } from './timeline-rows.ts';

const asDay = (row: TimelineRow): DayRow | false => row.kind === 'day' && row;
const asUnread = (row: TimelineRow): UnreadRow | false => row.kind === 'unread' && row;
const asMessage = (row: TimelineRow): MessageRow | false => row.kind === 'message' && row;

export function RowView(props: { readonly row: TimelineRow }): JSX.Element {
  return (
    <Switch>
      <Match when={asDay(props.row)}>
        {(row) => (
          <li class="timeline-day">
            <span>{dayText(row().timeMs, Date.now())}</span>
          </li>
        )}
      </Match>
      <Match when={asUnread(props.row)}>
        {(row) => (
          <li class="timeline-unread" id="unread-line">
            <span>{texts().conversation.newMessages(row().count)}</span>
          </li>
        )}
      </Match>
      <Match when={asMessage(props.row)}>{(row) => <MessageView row={row()} />}</Match>
    </Switch>
  );
}

function MessageView(props: { readonly row: MessageRow }): JSX.Element {
  const house = useHouse();
  const name = (): string => (props.row.own ? texts().conversation.self : nameOf(house.people(), props.row.author));
  const showsName = (): boolean => props.row.startsGroup && !props.row.own;
  const waits = (): boolean => props.row.own && !props.row.sent;
  const showsFoot = (): boolean =>
    props.row.endsGroup || waits() || props.row.edited || props.row.arrivedMs !== undefined;
  return (
    <li class="timeline-message" data-message data-starts={props.row.startsGroup ? '' : undefined} tabindex={-1}>
      <Show when={!showsName()}>
        <span class="visually-hidden">{name()}: </span>
      </Show>
      <Bubble
        own={props.row.own}
        name={showsName() ? name() : undefined}
        foot={
          // Inside a group the eye needs no time and state; the ear does.
          <div class={showsFoot() ? 'timeline-foot' : 'visually-hidden'}>
            <MessageFoot row={props.row} waits={waits()} />
          </div>
        }
      >
        <MessageText text={props.row.text} />
      </Bubble>
    </li>
  );
}

function MessageFoot(props: { readonly row: MessageRow; readonly waits: boolean }): JSX.Element {
  const arrived = (timeMs: number): string =>
    dayOf(timeMs) === dayOf(props.row.timeMs) ? timeText(timeMs) : dayAndTimeText(timeMs);
  return (
    <>
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
        <Show when={props.waits} fallback={<State icon="sent" words={texts().delivery.sent} />}>
          <State icon="waiting" words={texts().delivery.waiting} />
        </Show>
      </Show>
    </>
  );
}

/** A sign with its words: seen as a tooltip, heard in full. */
function State(props: { readonly icon: 'sent' | 'waiting'; readonly words: string }): JSX.Element {
  return (
    <span class="timeline-state" data-state={props.icon} title={props.words}>
      <Icon name={props.icon} />
      <span class="visually-hidden">{props.words}</span>
    </span>
  );
}

function MessageText(props: { readonly text: string }): JSX.Element {
  const parts = createMemo(() => linkParts(props.text));
  return (
    <Show when={parts().some((part) => part.kind === 'link')} fallback={props.text}>
      <TextWithLinks parts={parts()} />
    </Show>
  );
}

function TextWithLinks(props: { readonly parts: readonly TextPart[] }): JSX.Element {
  return (
    <For each={props.parts}>
      {(part) => (
        <Show when={part.kind === 'link'} fallback={part.text}>
          <a href={part.text} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        </Show>
      )}
    </For>
  );
}
