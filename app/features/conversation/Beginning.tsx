import { Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { Button } from '../../ui/Button.tsx';
import type { Earlier } from './earlier.ts';

/** What one press on "earlier" fetches at least (C8). */
const PRESS_MS = 14 * 86_400_000;

interface BeginningProps {
  readonly conversation: Conversation;
  readonly earlier: Earlier;
  readonly isEmpty: boolean;
}

/** Above the first message in hand: the way to earlier ones, or what is to be said where there are none. */
export function Beginning(props: BeginningProps): JSX.Element {
  return (
    <>
      <Show when={props.conversation.hasEarlier()}>
        <Button icon="earlier" onClick={() => void props.earlier.fetch(PRESS_MS)}>
          {props.earlier.loading() ? texts().conversation.loadingEarlier : texts().conversation.earlier}
        </Button>
      </Show>
      <Show when={!props.conversation.complete() || props.isEmpty}>
        <p class="timeline-hint">
          {props.conversation.complete() ? texts().conversation.beginning : texts().conversation.incomplete}
        </p>
      </Show>
    </>
  );
}
