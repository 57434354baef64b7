/** What the rows of a timeline have in common. */
import { createContext, useContext, type Accessor } from 'solid-js';
import type { Receipts } from '../../../crdt/model/chat/receipts.ts';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';

export interface TimelineContext {
  /** More than two people: faces stand beside the messages. */
  readonly shared: boolean;
  readonly receipts: Accessor<Receipts>;
  /** True for the message under the mouse or the focus: it offers its actions. */
  readonly isActive: (id: EntryId) => boolean;
  /** True for the message whose text stands in the composer to be changed. */
  readonly isEdited: (id: EntryId) => boolean;
  /** True for the message that one has just been led to. */
  readonly isMarked: (id: EntryId) => boolean;
}

const Context = createContext<TimelineContext>();
export const TimelineProvider = Context.Provider;

export function useTimeline(): TimelineContext {
  const timeline = useContext(Context);
  if (timeline === undefined) throw new Error('no timeline around this row');
  return timeline;
}
