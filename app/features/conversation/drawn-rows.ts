/** The rows that are drawn. They are compared by key, so one new message costs one new row, not a list. */
import { createSignal, untrack, type Accessor } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { dayOf } from '../../i18n/dates.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { rowAt } from './message-gestures.ts';
import type { Range } from './range.ts';
import type { Drawing } from './roll.ts';
import { timelineRows, type TimelineRow, type UnreadLine } from './timeline-rows.ts';

interface DrawnRowsParts {
  readonly conversation: Conversation;
  readonly me: Account;
  readonly line: Accessor<UnreadLine | undefined>;
  /** A message whose row is drawn in any case. */
  readonly kept: Accessor<EntryId | undefined>;
  readonly list: () => HTMLElement | undefined;
}

export interface DrawnRows {
  readonly rows: readonly TimelineRow[];
  /** They reach to the last message. */
  readonly toEnd: Accessor<boolean>;
  /** Draws exactly these messages. */
  draw(drawing: Drawing): void;
  /** True when that would change nothing. */
  isDrawn(range: Range): boolean;
  /** True when nothing of these has changed since, whatever has come in around them. */
  isStill(range: Range): boolean;
}

export function createDrawnRows({ conversation, me, line, kept, list }: DrawnRowsParts): DrawnRows {
  const [view, setView] = createStore<{ rows: TimelineRow[] }>({ rows: [] });
  const [toEnd, setToEnd] = createSignal(true);
  /** What was drawn last, and the messages around it, which the rows at the edges know of. */
  let drawn: readonly unknown[] = [];
  let still: readonly unknown[] = [];
  const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
    one.length === other.length && one.every((part, index) => part === other[index]);
  const themselves = (range: Range): readonly unknown[] => [
    untrack(line),
    ...untrack(conversation.messages).slice(range.from, range.to),
  ];
  const ingredients = (range: Range, ahead?: Range): readonly unknown[] => {
    const messages = untrack(conversation.messages);
    const around = messages.slice(Math.max(0, range.from - 1), range.to + 1);
    return [untrack(line), ahead, messages[0]?.id === around[0]?.id, range.to === messages.length, ...around];
  };

  function show(rows: readonly TimelineRow[]): void {
    const { activeElement } = document;
    const focusedRow = rowAt(activeElement);
    // What goes is taken away first: in between, what stays would be moved to and fro, which takes time, and from a row the focus.
    const keys = new Set<string>(rows.map(({ key }) => key));
    const left = view.rows.filter(({ key }) => keys.has(key));
    if (left.length < view.rows.length && left.length < rows.length) setView('rows', left);
    setView('rows', reconcile([...rows], { key: 'key' }));
    // It may have been moved all the same.
    if (activeElement === document.activeElement || focusedRow === undefined || list()?.contains(focusedRow) !== true)
      return;
    const focusable =
      activeElement instanceof HTMLElement && focusedRow.contains(activeElement) ? activeElement : focusedRow;
    focusable.focus({ preventScroll: true });
  }

  return {
    get rows() {
      return view.rows;
    },
    toEnd,
    isDrawn: (range) => isSame(ingredients(range), drawn),
    isStill: (range) => isSame(themselves(range), still),
    draw({ range, ahead, isToEnd }) {
      untrack(() => {
        drawn = ingredients(range, ahead);
        still = themselves(range);
        const id = kept();
        const keep = id === undefined ? -1 : conversation.indexOf(id);
        const messages = conversation.messages();
        show(timelineRows({ messages, range, ahead, me, line: line(), keep: keep < 0 ? undefined : keep, dayOf }));
        setToEnd(isToEnd);
      });
    },
  };
}
