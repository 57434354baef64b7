import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, untrack, type JSX } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { dayOf } from '../../i18n/dates.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Announcer } from './Announcer.tsx';
import { FailedRow, SavingRow } from './OwnRows.tsx';
import { createReading } from './reading.ts';
import { RowView } from './RowView.tsx';
import { makeScroll } from './scroll.ts';
import { firstUnreadIndex, timelineRows, type TimelineRow } from './timeline-rows.ts';
import { createWindow } from './timeline-window.ts';
import { walkMessages } from './walk-messages.ts';
import './timeline.css';

/** The messages of one open chat. Mount it anew for each chat. */
export function Timeline(props: { readonly conversation: Conversation }): JSX.Element {
  const house = useHouse();
  const conversation = untrack(() => props.conversation);
  // Nothing counts as seen before the place to open at is found.
  const [atBottom, setAtBottom] = createSignal(false);
  const shown = createWindow(conversation, atBottom);
  const reading = createReading(house, conversation, atBottom);
  const scroll = makeScroll(setAtBottom);

  // Rows are compared by key, so one new message costs one new row, not a list.
  const [view, setView] = createStore<{ rows: TimelineRow[] }>({ rows: [] });
  createEffect(() => {
    const rows = timelineRows({
      messages: conversation.messages(),
      from: shown.from(),
      me: house.account,
      unreadAfter: reading.unreadAfter(),
      dayOf,
    });
    setView('rows', reconcile([...rows], { key: 'key' }));
  });

  const [loading, setLoading] = createSignal(false);
  const earlier = async (): Promise<void> => {
    if (loading() || !shown.hasEarlier()) return;
    setLoading(true);
    try {
      await scroll.keepingPlace(() => shown.earlier());
    } finally {
      setLoading(false);
    }
  };

  let box: HTMLElement | undefined;
  onMount(() => {
    if (box !== undefined) scroll.watch(box);
    // The rows are drawn when this round of effects is over; nothing has been painted by then.
    queueMicrotask(open);
  });
  const open = (): void => {
    const after = reading.unreadAfter();
    if (after !== undefined) shown.include(firstUnreadIndex(conversation.messages(), house.account, after));
    scroll.open(document.getElementById('unread-line'));
  };
  const ownRows = (): number => conversation.saving().length + conversation.failed().length;
  createEffect(on(ownRows, (count, before = 0) => count > before && scroll.toBottom(), { defer: true }));
  onCleanup(() => scroll.stop());

  const empty = createMemo(() => conversation.messages().length === 0 && ownRows() === 0);

  return (
    <div class="timeline">
      <Announcer conversation={conversation} />
      <div
        class="timeline-scroll"
        ref={(element) => {
          box = element;
        }}
        onScroll={() => scroll.moved() && void earlier()}
      >
        <div class="timeline-content">
          <Show when={shown.hasEarlier()}>
            <div class="timeline-earlier">
              <Button icon="earlier" onClick={() => void earlier()}>
                {loading() ? texts().conversation.loadingEarlier : texts().conversation.earlier}
              </Button>
            </div>
          </Show>
          <Show when={!conversation.complete() || empty()}>
            <p class="timeline-hint">
              {conversation.complete() ? texts().conversation.beginning : texts().conversation.incomplete}
            </p>
          </Show>
          <ol aria-label={texts().conversation.messages} tabindex={0} onKeyDown={walkMessages}>
            <For each={view.rows}>{(row) => <RowView row={row} />}</For>
            <For each={conversation.failed()}>{(entry) => <FailedRow entry={entry} conversation={conversation} />}</For>
            <For each={conversation.saving()}>{(saving) => <SavingRow text={saving.text} />}</For>
          </ol>
        </div>
      </div>
      <Show when={!atBottom() && !empty()}>
        <div class="timeline-latest">
          <IconButton icon="latest" label={texts().conversation.latest} onClick={() => scroll.toBottom()} />
        </div>
      </Show>
    </div>
  );
}
