/**
 * An edit that is being typed, noted on this device until it is saved or given up: it outlives a reload and a look into another chat.
 * Other devices get the edit when it is saved; half an edit is nobody's draft.
 */
import * as v from 'valibot';
import { placeOf, type EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { House } from '../../reactive/house.ts';
import { isDeparting } from '../../shell/departure.ts';

export interface EditNote {
  readonly id: EntryId;
  /** As far as it is typed. */
  readonly text: string;
}

const NOTE = v.object({
  id: v.custom<EntryId>((value) => typeof value === 'string' && placeOf(value) !== undefined),
  text: v.string(),
});

const keyOf = (house: House, chat: ChatId): string => `${house.namespace}.edit.${chat}`;

export function noteEdit(house: House, chat: ChatId, note: EditNote): void {
  if (isDeparting(house.namespace)) return;
  try {
    localStorage.setItem(keyOf(house, chat), JSON.stringify(note));
  } catch {
    // No room: the text is in the input alone, and the original is where it was.
  }
}

export const forgetEdit = (house: House, chat: ChatId): void => localStorage.removeItem(keyOf(house, chat));

export function notedEdit(house: House, chat: ChatId): EditNote | undefined {
  const json = localStorage.getItem(keyOf(house, chat));
  if (json === null) return undefined;
  try {
    const note = v.safeParse(NOTE, JSON.parse(json));
    return note.success ? note.output : undefined;
  } catch {
    return undefined;
  }
}

/** Calls back when another tab has saved the edit or given it up; returns its dispose. */
export function onEditForgotten(house: House, chat: ChatId, listener: () => void): () => void {
  const key = keyOf(house, chat);
  const onStorage = (event: StorageEvent): void => {
    if (event.key === key && event.newValue === null) listener();
  };
  addEventListener('storage', onStorage);
  return () => removeEventListener('storage', onStorage);
}
