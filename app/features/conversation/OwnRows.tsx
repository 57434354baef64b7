import { createMemo, createSignal, Show, type JSX } from 'solid-js';
import type { FailedEntry } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { gonePerson } from '../../shell/names.ts';
import { Bubble } from '../../ui/Bubble.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Question } from '../../ui/Question.tsx';
import { useTimeline } from './timeline-context.ts';

/** On its way to the device's storage; not yet part of the conversation, and it looks so. */
export function SavingRow(props: { readonly text: string }): JSX.Element {
  return (
    <li class="timeline-message" data-own="" data-starts="">
      <Bubble
        own
        pending
        foot={
          <span class="timeline-state" data-state="saving">
            <span>{texts().delivery.saving}</span>
            <Icon name="saving" />
          </span>
        }
      >
        {props.text}
      </Bubble>
    </li>
  );
}

function reasonOf({ code }: FailedEntry): string {
  const { reason } = texts().delivery;
  if (code === 'forbidden' || code === 'not-found') return reason.forbidden;
  return code === 'too-big' ? reason.tooBig : reason.other(code);
}

function failureOf({ action }: FailedEntry): string {
  switch (action.kind) {
    case 'message':
    case 'reaction':
      return texts().delivery.failed;
    case 'edit':
      return texts().delivery.editFailed;
    case 'retraction':
      return texts().delivery.deletionFailed;
  }
}

/** Refused by the server for good: the text is here, and what one can do. */
export function FailedRow(props: { readonly entry: FailedEntry; readonly conversation: Conversation }): JSX.Element {
  const timeline = useTimeline();
  const text = (): string => {
    const { action } = props.entry;
    switch (action.kind) {
      case 'message':
      case 'edit':
        return action.text;
      case 'reaction':
        return action.emoji;
      case 'retraction':
        return props.conversation.message(action.target)?.text ?? '';
    }
  };
  return (
    <li
      class="timeline-message"
      data-own=""
      data-starts=""
      data-message=""
      data-refused=""
      aria-current={timeline.isEdited(props.entry.id) ? 'true' : undefined}
      tabindex={-1}
    >
      <span class="visually-hidden">{texts().conversation.self}: </span>
      <Show
        when={props.entry.state === 'failed'}
        fallback={
          <Bubble
            own
            pending
            foot={
              <span class="timeline-state" data-state="waiting">
                <span>{texts().delivery.resending}</span>
                <Icon name="retry" />
              </span>
            }
          >
            {text()}
          </Bubble>
        }
      >
        <Bubble own failed foot={<Failure entry={props.entry} conversation={props.conversation} />}>
          {text()}
        </Bubble>
      </Show>
    </li>
  );
}

function Failure(props: { readonly entry: FailedEntry; readonly conversation: Conversation }): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const house = useHouse();
  /** Where nobody can write, the same would only be refused again, and there is no input to change it in. */
  const open = createMemo(() => gonePerson(house, props.conversation.chat) === undefined);
  const retriable = (): boolean => open() && props.entry.code !== 'not-found';
  const editable = (): boolean => open() && 'text' in props.entry.action;
  return (
    <div class="timeline-failure">
      <span class="timeline-state" data-state="failed">
        <Icon name="failed" />
        <span>
          {failureOf(props.entry)}: {reasonOf(props.entry)}
        </span>
      </span>
      <span class="timeline-failed-actions">
        <Show when={retriable()}>
          <Button icon="retry" onClick={() => void props.conversation.retry(props.entry.id)}>
            {texts().delivery.retry}
          </Button>
        </Show>
        <Show when={editable()}>
          <Button icon="edit" onClick={() => void props.conversation.startEdit(props.entry.id)}>
            {texts().delivery.edit}
          </Button>
        </Show>
        <Button icon="delete" onClick={() => setAsking(true)}>
          {texts().delivery.discard}
        </Button>
      </span>
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
    </div>
  );
}
