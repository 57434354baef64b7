import { createMemo, createSignal, createUniqueId, onMount, Show, untrack, type JSX } from 'solid-js';
import { LIMITS } from '../../../crdt/model/log/limits.ts';
import type { AppendOutcome } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { useOffline } from '../../shell/offline-context.ts';
import { IconButton } from '../../ui/Button.tsx';
import { createDraft } from './draft.ts';
import { sendableText } from './sendable-text.ts';
import './composer.css';

/** Nobody presses Enter twice within this time. */
const COMPOSED_JUST_NOW_MS = 80;

function troubleOf(outcome: AppendOutcome): string | undefined {
  switch (outcome.kind) {
    case 'waiting':
      return undefined;
    case 'storage-full':
      return texts().composer.storageFull;
    case 'storage-failed':
      return texts().composer.storageFailed;
    case 'refused':
      return texts().composer.refused;
  }
}

/** Where one writes. Mount it anew for each chat. */
export function Composer(props: { readonly conversation: Conversation }): JSX.Element {
  const conversation = untrack(() => props.conversation);
  const { offline } = useOffline();
  const house = useHouse();
  const draft = createDraft(house, conversation.chat);
  const [trouble, setTrouble] = createSignal<AppendOutcome>();
  const id = createUniqueId();
  let input: HTMLTextAreaElement | undefined;
  let composedAtMs = -Infinity;

  const sendable = createMemo(() => sendableText(draft.text()));
  const said = (): string | undefined => {
    const { length } = sendable();
    if (length > LIMITS.textLength) return texts().composer.tooLong(length, LIMITS.textLength);
    const outcome = trouble();
    const words = outcome === undefined ? undefined : troubleOf(outcome);
    return words ?? (draft.notKept() ? texts().composer.draftNotKept : undefined);
  };
  const maySend = (): boolean => sendable() !== '' && sendable().length <= LIMITS.textLength;

  const send = async (): Promise<void> => {
    if (!maySend()) return;
    const sending = conversation.send(sendable());
    const landed = draft.lift(sending.then(({ kind }) => kind === 'waiting'));
    input?.focus();
    setTrouble(await sending);
    await landed;
  };

  onMount(() => {
    draft.endIfSaid(conversation.messages().findLast((message) => message.author === house.account)?.text);
    // On touch screens the keyboard would cover what one came to read.
    if (matchMedia('(pointer: fine)').matches) input?.focus();
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    // Enter also confirms a word in an input method; Safari ends the composition just before it tells of the key.
    if (event.isComposing || event.timeStamp - composedAtMs < COMPOSED_JUST_NOW_MS) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Show when={said()}>
        {(words) => (
          <p class="composer-trouble" id={id} role="alert">
            {words()}
          </p>
        )}
      </Show>
      <div class="composer-line">
        <textarea
          ref={(element) => {
            input = element;
          }}
          rows={1}
          dir="auto"
          value={draft.text()}
          aria-label={texts().composer.label}
          aria-describedby={said() === undefined ? undefined : id}
          aria-invalid={sendable().length > LIMITS.textLength ? 'true' : undefined}
          placeholder={offline() ? texts().composer.offline : texts().composer.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => {
            setTrouble(undefined);
            draft.type(event.currentTarget.value);
          }}
          onCompositionEnd={(event) => {
            composedAtMs = event.timeStamp;
          }}
          onKeyDown={onKeyDown}
        />
        <IconButton type="submit" look="primary" icon="send" label={texts().composer.send} disabled={!maySend()} />
      </div>
    </form>
  );
}
