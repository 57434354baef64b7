/** Arrow keys walk the messages, drawn or not; Home and End go to the ends in hand, Enter opens the actions, Escape leaves. */
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';

export interface KeyParts {
  readonly list: HTMLElement;
  readonly count: () => number;
  readonly idAt: (index: number) => EntryId | undefined;
  /** -1 for what is no message of the chat's, such as one that was refused. */
  readonly indexOf: (row: HTMLElement) => number;
  /** Draws the message and brings it into view. */
  readonly reveal: (id: EntryId) => HTMLElement | undefined;
  readonly onAsk: (row: HTMLElement) => void;
  readonly onLeave: () => void;
}

/** True when the key was for the messages. */
export function walkMessages(event: KeyboardEvent, parts: KeyParts): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return false;
  const { target } = event;
  const { list } = parts;
  const row = target instanceof HTMLElement && target.parentElement === list ? target : undefined;
  if (row === undefined && target !== list) return false;
  switch (event.key) {
    case 'ArrowUp':
      return focus(above(row, parts), parts);
    case 'ArrowDown':
      return focus(below(row, parts), parts);
    case 'Home':
      return focus(parts.idAt(0), parts);
    case 'End':
      return focus(refused(list).at(-1) ?? parts.idAt(parts.count() - 1), parts);
    case 'Enter':
      if (row !== undefined) parts.onAsk(row);
      return row !== undefined;
    case 'Escape':
      parts.onLeave();
      return true;
    default:
      return false;
  }
}

/** Rows below the last message, of what was not sent. */
const refused = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>(':scope > li[data-refused]'),
];

type Goal = EntryId | HTMLElement | undefined;

function above(row: HTMLElement | undefined, { list, count, idAt, indexOf }: KeyParts): Goal {
  const last = idAt(count() - 1);
  if (row === undefined) return refused(list).at(-1) ?? last;
  const index = indexOf(row);
  if (index >= 0) return idAt(Math.max(0, index - 1));
  const rows = refused(list);
  const at = rows.indexOf(row);
  return at > 0 ? rows[at - 1] : last;
}

function below(row: HTMLElement | undefined, { list, count, idAt, indexOf }: KeyParts): Goal {
  const rows = refused(list);
  if (row === undefined) return rows.at(-1) ?? idAt(count() - 1);
  const index = indexOf(row);
  if (index < 0) return rows[rows.indexOf(row) + 1] ?? row;
  return index + 1 < count() ? idAt(index + 1) : (rows[0] ?? row);
}

function focus(goal: Goal, { reveal }: KeyParts): boolean {
  const row = typeof goal === 'string' ? reveal(goal) : goal;
  if (goal instanceof HTMLElement) goal.scrollIntoView({ block: 'nearest' });
  row?.focus({ preventScroll: true });
  return row !== undefined;
}
