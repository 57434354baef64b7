import {
  createEffect,
  createMemo,
  createSelector,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
  type JSX,
} from 'solid-js';
import { entryId, placeOf, type EntryId } from '../../../crdt/model/log/entry-id.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { otherPerson } from '../../shell/names.ts';
import { Announcer } from './Announcer.tsx';
import { Beginning } from './Beginning.tsx';
import { createDrawnRows } from './drawn-rows.ts';
import { createEarlier } from './earlier.ts';
import { createJump } from './jump.ts';
import { createMessageGestures } from './message-gestures.ts';
import { walkMessages } from './message-keys.ts';
import { MessageMenu, type Asked } from './MessageMenu.tsx';
import { FailedRow, SavingRow } from './OwnRows.tsx';
import { createReading } from './reading.ts';
import { makeRoll, type Roll } from './roll.ts';
import { viewOf } from './RowView.tsx';
import { TimelineProvider } from './timeline-context.ts';
import { makeTurn } from './turn.ts';
import { createWatching } from './watching.ts';
import { Ways } from './Ways.tsx';
import './timeline.css';

/** Earlier messages are fetched when no more than this is left above what is drawn. */
const AHEAD = 200;

interface TimelineProps {
  readonly conversation: Conversation;
  /** Somebody wants to write again. */
  readonly onLeave: () => void;
}

/** The messages of one open chat. Mount it anew for each chat. */
export function Timeline(props: TimelineProps): JSX.Element {
  const house = useHouse();
  const conversation = untrack(() => props.conversation);
  const { message, indexOf } = conversation;
  const idAt = (index: number): EntryId | undefined => untrack(conversation.messages)[index]?.id;
  const count = (): number => untrack(conversation.messages).length;
  const shared = otherPerson(conversation.chat, house.account) === undefined;
  const reading = createReading(house, conversation);
  const earlier = createEarlier(conversation);
  const watching = createWatching();
  const [asked, setAsked] = createSignal<Asked>();
  /** Whose menu has been closed; the focus comes back to it when the menu has gone from the page. */
  let left: EntryId | undefined;
  const closeMenu = (): void => {
    left = untrack(asked)?.id;
    setAsked(undefined);
    setTimeout(() => {
      left = undefined;
    });
  };
  const [atEnd, setAtEnd] = createSignal(true);

  const idOf = (row: HTMLElement): EntryId | undefined => {
    const place = placeOf(row.dataset['message'] ?? '');
    return place === undefined ? undefined : entryId(place.writer, place.clock);
  };
  const isEdited = createSelector(() => conversation.editing()?.id);
  const gestures = createMessageGestures({ idOf, onAsk: (id, at) => setAsked({ id, at }) });

  const drawn = createDrawnRows({
    conversation,
    me: house.account,
    line: reading.line,
    kept: () => asked()?.id ?? gestures.focused() ?? left,
    list: () => list,
  });
  const ownRows = (): number => conversation.saving().length + conversation.failed().length;

  let box: HTMLElement | undefined;
  let list: HTMLElement | undefined;
  let head: HTMLElement | undefined;
  let roll: Roll | undefined;
  const look = (view = roll?.inView()): void => {
    if (roll === undefined) return;
    setAtEnd(roll.atEnd);
    reading.looked(view);
    if (roll.undrawnAbove < AHEAD && !roll.atEnd) void earlier.fetch(1);
  };

  /**
   * Where to open is known when what is to be read is here: a new device gets it first. Until then nothing counts as seen, unless
   * somebody moves, or there is no network to wait for.
   */
  let opening = true;
  const stillComes = (): boolean =>
    !conversation.complete() && (house.connection().kind === 'online' || house.connection().kind === 'connecting');
  /** The same while one is on the way to the message that was asked for. */
  const waits = (): boolean => stillComes() || jump.isPending();
  function open(): void {
    opening = untrack(waits);
    reading.opened();
    const line = untrack(reading.line);
    if (line === undefined || indexOf(line.before) < 0) roll?.goToEnd();
    else roll?.goTo(line.before);
    if (opening) return;
    reading.watched(untrack(watching));
    look();
  }
  const moved = (): void => {
    jump.cancel();
    if (!opening) return;
    opening = false;
    reading.watched(untrack(watching));
  };
  const toLatest = (): void => {
    moved();
    roll?.goToEnd();
  };

  // Changes that come together are drawn together.
  const refresh = (): void => {
    turn.cancel();
    if (opening) open();
    else roll?.refresh();
  };
  const turn = makeTurn(() => {
    // The pages that come in on the way to a message are drawn when one is there.
    if (opening && untrack(jump.isPending) && !untrack(stillComes)) return;
    if (opening) refresh();
    else roll?.changed();
  });
  /** What an effect draws is in the page only when all effects of its round are over; nothing has been painted by then. */
  const afterEffects = (work: () => void): void =>
    queueMicrotask(() => {
      if (roll !== undefined) work();
    });
  createEffect(on([conversation.messages, reading.line, conversation.unread, waits], turn.soon, { defer: true }));
  createEffect(
    on(watching, (now) =>
      afterEffects(() => {
        // What came in before is not seen by who looks only now.
        if (turn.due) refresh();
        if (opening) return;
        reading.watched(now);
        look();
      }),
    ),
  );
  createEffect(
    on(ownRows, (now, before = 0) =>
      afterEffects(() => {
        if (now > before) toLatest();
        // The message that such a row has become stands in its place, before anything is painted.
        else if (turn.due) refresh();
      }),
    ),
  );

  onMount(() => {
    if (box === undefined || list === undefined || head === undefined) return;
    const rows = list.children;
    roll = makeRoll({
      box,
      list,
      head,
      count,
      idAt,
      indexOf,
      draw: drawn.draw,
      isDrawn: drawn.isDrawn,
      isStill: drawn.isStill,
      messageOfRow: (row) => drawn.rows[row]?.message ?? idAt(count() - 1),
      rowOf: (id) => {
        const row = rows[drawn.rows.findIndex(({ key }) => key === id)];
        return row instanceof HTMLElement ? row : undefined;
      },
      onMoved: look,
      heldBy: () => {
        if (untrack(watching) || untrack(reading.line) === undefined) return undefined;
        return document.getElementById('unread-line') ?? undefined;
      },
      mayFollow: () => untrack(watching) && untrack(ownRows) === 0,
    });
    gestures.watch(list);
    afterEffects(open);
  });
  const jump = createJump({
    conversation,
    stillComes,
    arrive(id) {
      opening = false;
      turn.cancel();
      reading.jumped();
      // What is in view is looked at when that is drawn.
      reading.watched(untrack(watching));
      roll?.goTo(id, 'middle');
      return roll?.reveal(id);
    },
  });
  onCleanup(() => {
    roll?.stop();
    roll = undefined;
    turn.cancel();
  });

  const empty = createMemo(() => conversation.messages().length === 0 && ownRows() === 0);
  /** The nearest that is new and not in view; earlier pages come in until it is in hand. */
  async function goToNewAbove(): Promise<void> {
    moved();
    while (reading.newAbove().first === undefined && conversation.hasEarlier()) {
      await conversation.loadEarlier();
      refresh();
    }
    const { first } = reading.newAbove();
    if (first !== undefined) roll?.goTo(first.id);
  }

  return (
    <TimelineProvider
      value={{
        shared,
        receipts: conversation.receipts,
        isActive: gestures.isActive,
        isEdited,
        isMarked: jump.isMarked,
      }}
    >
      <div class="timeline" data-shared={shared ? '' : undefined}>
        <Announcer conversation={conversation} />
        <div
          class="timeline-scroll"
          ref={(element) => {
            box = element;
          }}
          onScroll={() => roll?.scrolled()}
          onWheel={moved}
          onPointerDown={moved}
          onKeyDown={moved}
        >
          <div class="timeline-content">
            <div
              class="timeline-head"
              ref={(element) => {
                head = element;
              }}
            >
              <Beginning conversation={conversation} earlier={earlier} isEmpty={empty()} />
            </div>
            <ol
              class="timeline-rows"
              aria-label={texts().conversation.messages}
              tabindex={0}
              ref={(element) => {
                list = element;
              }}
              onKeyDown={(event) => {
                const walked = walkMessages(event, {
                  list: event.currentTarget,
                  count,
                  idAt,
                  indexOf: (row) => {
                    const id = idOf(row);
                    return id === undefined ? -1 : indexOf(id);
                  },
                  reveal: (id) => roll?.reveal(id),
                  onAsk: (row) => {
                    const id = idOf(row);
                    if (id !== undefined && message(id) !== undefined) setAsked({ id, at: row });
                  },
                  // Pressed before the menu has taken the focus: that closes the menu, no more.
                  onLeave: () => (asked() === undefined ? props.onLeave() : closeMenu()),
                });
                if (walked) event.preventDefault();
              }}
            >
              <For each={drawn.rows}>{viewOf}</For>
              <Show when={drawn.toEnd()}>
                <For each={conversation.failed()}>
                  {(entry) => <FailedRow entry={entry} conversation={conversation} />}
                </For>
                <For each={conversation.saving()}>{(saving) => <SavingRow text={saving.text} />}</For>
              </Show>
            </ol>
          </div>
        </div>
        <Ways
          newAbove={reading.newAbove().count}
          newBelow={reading.newBelow()}
          onNewAbove={() => void goToNewAbove()}
          hasLatest={!atEnd() && !empty()}
          onLatest={toLatest}
          isLoading={jump.isLong()}
        />
        <MessageMenu conversation={conversation} asked={asked()} onClose={closeMenu} />
      </div>
    </TimelineProvider>
  );
}
