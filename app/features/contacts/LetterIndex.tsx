import { createMemo, createSignal, For, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import type { ContactLetter } from './contact-order.ts';

interface LetterIndexProps {
  readonly letters: readonly ContactLetter[];
  /** The letter that is in view. */
  readonly now: string | undefined;
  /** `byKey`: the focus goes along. */
  readonly onChoose: (letter: ContactLetter, byKey: boolean) => void;
}

/** The letters beside the list: a click, a finger that glides along, or arrow keys. One stop of the Tab key. */
export function LetterIndex(props: LetterIndexProps): JSX.Element {
  let bar: HTMLDivElement | undefined;
  const [visited, setVisited] = createSignal<string>();
  const stop = createMemo(() => {
    const known = [visited(), props.now].find((one) => props.letters.some(({ letter }) => letter === one));
    return known ?? props.letters[0]?.letter;
  });
  const letterAt = (target: EventTarget | null): ContactLetter | undefined => {
    const name = target instanceof Element ? target.closest('button')?.textContent : undefined;
    return props.letters.find(({ letter }) => letter === name);
  };
  const glide = (event: PointerEvent): void => {
    if (event.buttons !== 1) return;
    const found = letterAt(document.elementFromPoint(event.clientX, event.clientY));
    if (found !== undefined && bar?.contains(document.elementFromPoint(event.clientX, event.clientY)) === true) {
      props.onChoose(found, false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = props.letters.findIndex(({ letter }) => letter === stop()) + step;
    const next = props.letters[Math.min(props.letters.length - 1, Math.max(0, at))];
    if (next === undefined) return;
    setVisited(next.letter);
    bar?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    props.onChoose(next, false);
  };
  return (
    <div
      class="letter-index"
      ref={(element) => {
        bar = element;
      }}
      role="toolbar"
      aria-label={texts().lists.letters}
      aria-orientation="vertical"
      onPointerMove={glide}
      onKeyDown={onKeyDown}
    >
      <For each={props.letters}>
        {(one) => (
          <button
            type="button"
            tabindex={one.letter === stop() ? 0 : -1}
            data-now={one.letter === props.now ? '' : undefined}
            onFocus={() => setVisited(one.letter)}
            // Without a pointer it is Enter or Space: then one wants to go on from there.
            onClick={(event) => props.onChoose(one, event.detail === 0)}
          >
            {one.letter}
          </button>
        )}
      </For>
    </div>
  );
}
