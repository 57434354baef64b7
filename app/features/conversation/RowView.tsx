import { Show, type JSX } from 'solid-js';
import { dayText } from '../../i18n/dates.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { nameOf } from '../../shell/names.ts';
import { PersonAvatar } from '../../shell/PersonAvatar.tsx';
import { Bubble } from '../../ui/Bubble.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { hueOf } from '../../ui/hue.ts';
import { MessageFoot } from './MessageFoot.tsx';
import { MessageText } from './MessageText.tsx';
import { useTimeline } from './timeline-context.ts';
import type { DayRow, MessageRow, TimelineRow, UnreadRow } from './timeline-rows.ts';

/** One row, one list item. What a row is never changes, so it is looked at once. */
export function viewOf(row: TimelineRow): JSX.Element {
  switch (row.kind) {
    case 'day':
      return <DayView row={row} />;
    case 'unread':
      return <UnreadView row={row} />;
    case 'message':
      return <MessageView row={row} />;
  }
}

function DayView(props: { readonly row: DayRow }): JSX.Element {
  return (
    <li class="timeline-day">
      <span>{dayText(props.row.timeMs, Date.now())}</span>
    </li>
  );
}

function UnreadView(props: { readonly row: UnreadRow }): JSX.Element {
  return (
    <li class="timeline-unread" id="unread-line">
      <span>{texts().conversation.newMessages(props.row.count)}</span>
    </li>
  );
}

function MessageView(props: { readonly row: MessageRow }): JSX.Element {
  const house = useHouse();
  const timeline = useTimeline();
  const name = (): string => (props.row.own ? texts().conversation.self : nameOf(house.people(), props.row.author));
  const showsName = (): boolean => props.row.startsGroup && !props.row.own;
  return (
    <li
      class="timeline-message"
      data-message={props.row.key}
      data-own={props.row.own ? '' : undefined}
      data-starts={props.row.startsGroup ? '' : undefined}
      data-kept={props.row.hidden === undefined ? undefined : ''}
      aria-hidden={props.row.hidden === 'ahead' ? 'true' : undefined}
      data-marked={timeline.isMarked(props.row.key) ? '' : undefined}
      aria-current={timeline.isEdited(props.row.key) ? 'true' : undefined}
      tabindex={-1}
    >
      <Show when={timeline.isMarked(props.row.key)}>
        <span class="visually-hidden">{texts().conversation.markedMessage}. </span>
      </Show>
      <Show when={timeline.shared && showsName()}>
        <span class="timeline-face">
          <PersonAvatar account={props.row.author} size="small" />
        </span>
      </Show>
      <Show when={!showsName()}>
        <span class="visually-hidden">{name()}: </span>
      </Show>
      <Bubble
        own={props.row.own}
        name={showsName() ? name() : undefined}
        hue={hueOf(String(props.row.author))}
        starts={props.row.startsGroup}
        ends={props.row.endsGroup}
        pending={props.row.own && props.row.arrival === undefined}
        foot={<MessageFoot row={props.row} receipts={timeline.receipts()} />}
      >
        <MessageText text={props.row.text} />
      </Bubble>
      <Show when={timeline.isActive(props.row.key)}>
        <span class="timeline-actions">
          <IconButton icon="more" label={texts().conversation.actions} opens="menu" />
        </span>
      </Show>
    </li>
  );
}
