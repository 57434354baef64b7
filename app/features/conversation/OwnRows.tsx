import { createSignal, Show, type JSX } from 'solid-js';
import type { FailedEntry } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { Bubble } from '../../ui/Bubble.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Question } from '../../ui/Question.tsx';

/** On its way to the device's storage; not yet part of the conversation, and it looks so. */
export function SavingRow(props: { readonly text: string }): JSX.Element {
  return (
    <li class="timeline-message" data-starts="">
      <Bubble
        own
        pending
        foot={
          <span class="timeline-state" data-state="saving">
            <Icon name="saving" />
            {texts().delivery.saving}
          </span>
        }
      >
        {props.text}
      </Bubble>
    </li>
  );
}

function textOf({ action }: FailedEntry): string {
  switch (action.kind) {
    case 'message':
    case 'edit':
      return action.text;
    case 'reaction':
      return action.emoji;
    case 'retraction':
      return '';
  }
}

function reasonOf({ code }: FailedEntry): string {
  const { reason } = texts().delivery;
  if (code === 'forbidden' || code === 'not-found') return reason.forbidden;
  return code === 'too-big' ? reason.tooBig : reason.other(code);
}

/** Refused by the server for good: the text is here, and what one can do. */
export function FailedRow(props: { readonly entry: FailedEntry; readonly conversation: Conversation }): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  return (
    <li class="timeline-message" data-starts="" data-message tabindex={-1}>
      <Bubble
        own
        failed
        foot={
          <>
            <span class="timeline-state" data-state="failed">
              <Icon name="failed" />
              {texts().delivery.failed}: {reasonOf(props.entry)}
            </span>
            <span class="timeline-failed-actions">
              <Button onClick={() => void props.conversation.retry(props.entry.id)}>{texts().delivery.retry}</Button>
              <Button onClick={() => setAsking(true)}>{texts().delivery.discard}</Button>
            </span>
          </>
        }
      >
        {textOf(props.entry)}
      </Bubble>
      <Show when={asking()}>
        <Question
          title={texts().delivery.discardTitle}
          yes={texts().delivery.discard}
          no={texts().delivery.keep}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) void props.conversation.discard(props.entry.id);
          }}
        >
          <p>{texts().delivery.discardText}</p>
        </Question>
      </Show>
    </li>
  );
}
