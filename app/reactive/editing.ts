/** Which own message is being changed in the composer, and what becomes of the new text. */
import { createMemo, createSignal, type Accessor } from 'solid-js';
import type { TimelineMessage } from '../../crdt/model/chat/timeline.ts';
import type { EntryId } from '../../crdt/model/log/entry-id.ts';
import type { AppendOutcome, ChatView, FailedEntry } from '../../crdt/replica/contract.ts';
import type { Account } from '../../crdt/model/log/writer.ts';

export interface Edited {
  readonly id: EntryId;
  /** The present text. */
  readonly text: string;
}

export interface Editing {
  /** Undefined as soon as the message is gone, e.g. deleted on another device. */
  readonly editing: Accessor<Edited | undefined>;
  /** An own message, shown or failed; false when there is no such one. */
  startEdit(id: EntryId): boolean;
  /** The last own message in hand; false when there is none. */
  editLast(): boolean;
  cancelEdit(): void;
  /** What is kept on the device ends the editing. A failed message is sent anew with the text, and given up only then. */
  edit(id: EntryId, text: string): Promise<AppendOutcome>;
}

interface EditingParts {
  readonly view: ChatView;
  readonly me: Account;
  readonly messages: Accessor<readonly TimelineMessage[]>;
  readonly failed: Accessor<readonly FailedEntry[]>;
  readonly send: (text: string) => Promise<AppendOutcome>;
}

export function createEditing({ view, me, messages, failed, send }: EditingParts): Editing {
  const [chosen, setChosen] = createSignal<EntryId>();
  const failedOf = (id: EntryId): FailedEntry | undefined => failed().find((entry) => entry.id === id);
  const find = (id: EntryId): Edited | undefined => {
    const entry = failedOf(id);
    if (entry !== undefined) return 'text' in entry.action ? { id, text: entry.action.text } : undefined;
    messages();
    const message = view.message(id);
    return message?.author === me ? { id, text: message.text } : undefined;
  };
  const editing = createMemo(
    () => {
      const id = chosen();
      return id === undefined ? undefined : find(id);
    },
    undefined,
    { equals: (one, other) => one?.id === other?.id && one?.text === other?.text },
  );
  const startEdit = (id: EntryId): boolean => {
    if (find(id) === undefined) return false;
    setChosen(id);
    return true;
  };
  async function append(id: EntryId, text: string): Promise<AppendOutcome> {
    const entry = failedOf(id);
    if (entry === undefined) {
      if (view.message(id)?.text === text) return { kind: 'waiting', id };
      return view.append({ kind: 'edit', target: id, text });
    }
    const outcome = await (entry.action.kind === 'edit'
      ? view.append({ kind: 'edit', target: entry.action.target, text })
      : send(text));
    if (outcome.kind === 'waiting') await view.discard(id);
    return outcome;
  }
  return {
    editing,
    startEdit,
    editLast() {
      const last = messages().findLast(({ author }) => author === me);
      return last !== undefined && startEdit(last.id);
    },
    cancelEdit() {
      setChosen(undefined);
    },
    async edit(id, text) {
      const outcome = await append(id, text);
      if (outcome.kind === 'waiting') setChosen((now) => (now === id ? undefined : now));
      return outcome;
    },
  };
}
