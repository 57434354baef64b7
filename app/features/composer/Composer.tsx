import { createEffect, createMemo, createSignal, createUniqueId, on, onMount, Show, untrack, type JSX } from 'solid-js';
import { LIMITS } from '../../../crdt/model/log/limits.ts';
import type { AppendOutcome } from '../../../crdt/replica/contract.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { gonePerson, nameOf } from '../../shell/names.ts';
import { useOffline } from '../../shell/offline-context.ts';
import { askToKeepStorage } from '../../shell/persistence.ts';
import { hasMouse } from '../../shell/pointer.ts';
import { onShortcut } from '../../shell/shortcuts.ts';
import { standAtFoot } from '../../ui/at-foot.ts';
import { IconButton } from '../../ui/Button.tsx';
import { showToast } from '../../ui/Toasts.tsx';
import { Counter } from './Counter.tsx';
import { createDraft } from './draft.ts';
import { createEdit } from './edit.ts';
import { EditBar } from './EditBar.tsx';
import { EmojiButton } from './EmojiButton.tsx';
import { growWithText } from './grow-with-text.ts';
import { insertText } from './insert-text.ts';
import { sendableText } from './sendable-text.ts';
import { showText } from './show-text.ts';
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

/** Where one writes, or why one can't. Mount it anew for each chat. */
export function Composer(props: { readonly conversation: Conversation }): JSX.Element {
  const house = useHouse();
  const gone = createMemo((): string | undefined => {
    const account = gonePerson(house, props.conversation.chat);
    return account === undefined ? undefined : nameOf(house.people(), account);
  });
  return (
    <Show when={gone()} fallback={<OpenComposer conversation={props.conversation} />}>
      {(name) => (
        <p class="composer composer-closed">
          {texts().composer.personGone(name())}
          <Show when={house.draft(props.conversation.chat) !== ''}> {texts().composer.draftStays}</Show>
        </p>
      )}
    </Show>
  );
}

function OpenComposer(props: { readonly conversation: Conversation }): JSX.Element {
  const conversation = untrack(() => props.conversation);
  const { offline } = useOffline();
  const house = useHouse();
  const draft = createDraft(house, conversation.chat);
  const [trouble, setTrouble] = createSignal<string>();
  const edit = createEdit(house, conversation, (homeless) => {
    const before = untrack(draft.text);
    draft.type(before === '' ? homeless : `${before}\n${homeless}`);
    setTrouble(texts().composer.editHomeless);
  });
  const id = createUniqueId();
  let input: HTMLTextAreaElement | undefined;
  let composedAtMs = -Infinity;

  const isEditing = createMemo(() => edit.edited() !== undefined);
  const text = (): string => (isEditing() ? edit.text() : draft.text());
  const sendable = createMemo(() => sendableText(text()));
  const isTooLong = (): boolean => sendable().length > LIMITS.textLength;
  const said = (): string | undefined => {
    if (isTooLong()) return isEditing() ? texts().composer.editTooLong : texts().composer.tooLong;
    return trouble() ?? (draft.notKept() ? texts().composer.draftNotKept : undefined);
  };
  const maySend = (): boolean => sendable() !== '' && !isTooLong();
  const describedBy = (): string | undefined => (said() === undefined ? undefined : id);

  async function send(): Promise<void> {
    if (!maySend()) return;
    input?.focus();
    if (isEditing()) {
      setTrouble(troubleOf(await edit.save(sendable())));
      return;
    }
    const sending = conversation.send(sendable());
    const landed = draft.lift(sending.then(({ kind }) => kind === 'waiting'));
    const outcome = await sending;
    setTrouble(troubleOf(outcome));
    await landed;
    if (outcome.kind === 'waiting') await askToKeepStorage();
  }

  function giveUp(): void {
    const left = edit.giveUp();
    setTrouble(undefined);
    input?.focus();
    if (left === undefined) return;
    showToast({
      key: 'edit',
      title: texts().composer.editGivenUp,
      actionLabel: texts().composer.undo,
      onAction: () => edit.takeUp(left),
    });
  }

  onMount(() => {
    draft.endIfSaid(conversation.messages().findLast((message) => message.author === house.account)?.text);
    // On touch screens the keyboard would cover what one came to read.
    if (hasMouse()) input?.focus();
  });
  createEffect(() => {
    if (isEditing()) onShortcut('close', giveUp);
  });
  createEffect(
    on(
      () => edit.edited()?.id,
      (now, before) => {
        if (now === undefined || now === before) return;
        // The menu that it was chosen from gives the focus back to its button first.
        requestAnimationFrame(() => {
          input?.focus();
          input?.setSelectionRange(input.value.length, input.value.length);
        });
      },
    ),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter also confirms a word in an input method; Safari ends the composition just before it tells of the key.
    if (event.isComposing || event.timeStamp - composedAtMs < COMPOSED_JUST_NOW_MS) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void send();
    } else if (event.key === 'ArrowUp' && text() === '' && !isEditing() && conversation.editLast()) {
      event.preventDefault();
    }
  };

  return (
    <form
      class="composer"
      ref={standAtFoot}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Show when={edit.edited()}>{(edited) => <EditBar original={edited().text} onGiveUp={giveUp} />}</Show>
      <Show when={said()}>
        {(words) => (
          <p class="composer-trouble" id={id} role="alert">
            {words()}
          </p>
        )}
      </Show>
      {/* A tap on a button leaves the focus, and with it the keyboard of a touch screen, where it is. */}
      <div class="composer-line" onMouseDown={(event) => event.target.closest('button') && event.preventDefault()}>
        <textarea
          ref={(element) => {
            input = element;
            showText(element, text);
            growWithText(element, text);
          }}
          rows={1}
          dir="auto"
          aria-label={isEditing() ? texts().composer.editing : texts().composer.label}
          aria-describedby={describedBy()}
          aria-invalid={isTooLong() ? 'true' : undefined}
          placeholder={offline() ? texts().composer.offline : texts().composer.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => {
            setTrouble(undefined);
            if (isEditing()) edit.type(event.currentTarget.value);
            else draft.type(event.currentTarget.value);
          }}
          onCompositionEnd={(event) => {
            composedAtMs = event.timeStamp;
          }}
          onKeyDown={onKeyDown}
        />
        <div class="composer-tools">
          <Counter length={sendable().length} />
          <EmojiButton
            onChoose={(emoji) => {
              if (input !== undefined) insertText(input, emoji);
            }}
            onClose={() => input?.focus()}
          />
          <IconButton
            type="submit"
            look="primary"
            icon={isEditing() ? 'check' : 'send'}
            label={isEditing() ? texts().composer.saveEdit : texts().composer.send}
            disabled={!maySend()}
          />
        </div>
      </div>
    </form>
  );
}
