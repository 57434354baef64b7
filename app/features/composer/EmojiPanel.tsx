import { onCleanup, onMount, untrack, type JSX } from 'solid-js';
import { Picker } from 'emoji-picker-element';
import germanData from 'emoji-picker-element-data/de/cldr/data.json?url';
import englishData from 'emoji-picker-element-data/en/emojibase/data.json?url';
import { EMOJI_WORDS } from '../../i18n/emoji-words.ts';
import { language, type Language } from '../../i18n/language.ts';
import { hasMouse } from '../../shell/pointer.ts';
import { walkEmoji } from './walk-emoji.ts';
import './emoji-panel.css';

/** From our own server, under names with a hash, and kept by the service worker: the same with and without network. */
const DATA: Readonly<Record<Language, string>> = { de: germanData, en: englishData };

/** A click's `detail` counts clicks; Enter and Space have none. */
const byPointer = (event: Event): boolean => event instanceof MouseEvent && event.detail > 0;

/** `pointed`: chosen with mouse or finger, who may want more; a key has its one. */
type OnChoose = (emoji: string, pointed: boolean) => void;

/** All emoji of the device, with search, skin tones and the ones used most. It comes when it is first opened. */
export function EmojiPanel(props: { readonly onChoose: OnChoose }): JSX.Element {
  const chosen = untrack(language);
  const picker = new Picker({ locale: chosen, dataSource: DATA[chosen], i18n: EMOJI_WORDS[chosen] });
  let pointed = false;
  // On its way down: the picker keeps it for itself.
  picker.addEventListener('click', (event) => (pointed = byPointer(event)), { capture: true });
  picker.addEventListener('emoji-click', ({ detail }) => {
    if (detail.unicode !== undefined) props.onChoose(detail.unicode, pointed);
    pointed = false;
  });
  onCleanup(walkEmoji(picker));
  onMount(() => {
    // Typing goes into the search; on a touch screen that would bring up the keyboard.
    const start = hasMouse() ? 'input' : '[role=tab]';
    // It draws itself when it is in the document.
    requestAnimationFrame(() => picker.shadowRoot?.querySelector<HTMLElement>(start)?.focus());
  });
  return picker;
}
