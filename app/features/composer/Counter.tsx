import { createMemo, Show, type JSX } from 'solid-js';
import { LIMITS } from '../../../crdt/model/log/limits.ts';
import { texts } from '../../i18n/language.ts';

/** From here on it shows; nobody counts before. */
const SHOWN_FROM = 7_500;
/** What is left is read out when it falls to one of these, not with every key. */
const TOLD_AT = [500, 200, 100, 50, 20, 0];

/** How much of a message is used up, near its end. */
export function Counter(props: { readonly length: number }): JSX.Element {
  const left = (): number => LIMITS.textLength - props.length;
  const told = createMemo((): number | undefined => {
    const rest = left();
    return props.length < SHOWN_FROM || rest < 0 ? undefined : TOLD_AT.findLast((mark) => rest <= mark);
  });
  return (
    <>
      <Show when={props.length >= SHOWN_FROM}>
        <span class="composer-counter" data-over={left() < 0 ? '' : undefined} aria-hidden="true">
          {texts().composer.count(props.length, LIMITS.textLength)}
        </span>
      </Show>
      <span class="visually-hidden" role="status">
        {told() === undefined ? '' : texts().composer.left(told() ?? 0)}
      </span>
    </>
  );
}
