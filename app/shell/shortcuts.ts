/** Every key of the house in one table, and who acts on those that work everywhere. `?` shows the table. */
import { createSignal, getOwner, onCleanup } from 'solid-js';

/** What the keys that work everywhere ask for. */
export type Action = 'search' | 'find' | 'previousChat' | 'nextChat' | 'close' | 'help';

/** What keys do in one place; the part that has the focus acts on them itself. */
export type Habit =
  | 'send'
  | 'breakLine'
  | 'editLast'
  | 'walkMessages'
  | 'endsOfMessages'
  | 'messageActions'
  | 'walkList'
  | 'openRow';

export type Place = 'everywhere' | 'list' | 'messages' | 'composer';

export interface Combination {
  /** As in `KeyboardEvent.key`; letters in lower case. */
  readonly key: string;
  /** Control, or Command on a Mac. */
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
}

export interface Shortcut {
  readonly place: Place;
  readonly does: Action | Habit;
  readonly keys: readonly Combination[];
}

const ACTIONS: readonly (Shortcut & { readonly does: Action })[] = [
  { place: 'everywhere', does: 'search', keys: [{ key: 'k', mod: true }] },
  { place: 'everywhere', does: 'find', keys: [{ key: 'f', mod: true }] },
  { place: 'everywhere', does: 'previousChat', keys: [{ key: 'ArrowUp', alt: true }] },
  { place: 'everywhere', does: 'nextChat', keys: [{ key: 'ArrowDown', alt: true }] },
  { place: 'everywhere', does: 'close', keys: [{ key: 'Escape' }] },
  { place: 'everywhere', does: 'help', keys: [{ key: '?' }, { key: '/', mod: true }] },
];

export const SHORTCUTS: readonly Shortcut[] = [
  ...ACTIONS,
  { place: 'list', does: 'walkList', keys: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }] },
  { place: 'list', does: 'openRow', keys: [{ key: 'Enter' }] },
  { place: 'messages', does: 'walkMessages', keys: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }] },
  { place: 'messages', does: 'endsOfMessages', keys: [{ key: 'Home' }, { key: 'End' }] },
  { place: 'messages', does: 'messageActions', keys: [{ key: 'Enter' }] },
  { place: 'composer', does: 'send', keys: [{ key: 'Enter' }] },
  { place: 'composer', does: 'breakLine', keys: [{ key: 'Enter', shift: true }] },
  { place: 'composer', does: 'editLast', keys: [{ key: 'ArrowUp' }] },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Where it stands on the keyboard differs: what Shift does for a sign is the layout's business. */
const isSign = (key: string): boolean => key.length === 1 && !/\p{L}/u.test(key);

function isPressed(combination: Combination, event: Pressed, mac: boolean): boolean {
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return (
    (event.key.length === 1 ? event.key.toLowerCase() : event.key) === combination.key &&
    mod === (combination.mod === true) &&
    !other &&
    event.altKey === (combination.alt === true) &&
    (isSign(combination.key) || event.shiftKey === (combination.shift === true))
  );
}

/** What a key asks for; a sign without Control only where nobody is typing. */
export function actionOf(event: Pressed, at: { readonly mac: boolean; readonly typing: boolean }): Action | undefined {
  return ACTIONS.find(({ keys }) =>
    keys.some((one) => isPressed(one, event, at.mac) && !(at.typing && isSign(one.key) && one.mod !== true)),
  )?.does;
}

/** False: not now, ask who was there before. */
type Handler = () => unknown;
const handlers = new Map<Action, Handler[]>();

/**
 * Acts on an action for as long as the component lives; the latest to come is asked first. Returns its dispose, for who is no
 * component.
 */
export function onShortcut(action: Action, handler: Handler): () => void {
  handlers.set(action, [...(handlers.get(action) ?? []), handler]);
  const dispose = (): void =>
    void handlers.set(
      action,
      (handlers.get(action) ?? []).filter((one) => one !== handler),
    );
  if (getOwner() !== null) onCleanup(dispose);
  return dispose;
}

/** True when somebody acted. */
export const actOn = (action: Action): boolean =>
  (handlers.get(action) ?? []).toReversed().some((handler) => handler() !== false);

const [shown, setShown] = createSignal(false);
/** Whether the table is shown. */
export const shortcutsShown = shown;
export const showShortcuts = (show = true): void => void setShown(show);
