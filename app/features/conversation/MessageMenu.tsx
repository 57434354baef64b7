import { createMemo, createSignal, Match, Show, Switch, type JSX } from 'solid-js';
import type { TimelineMessage } from '../../../crdt/model/chat/timeline.ts';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { nameOf, otherPerson } from '../../shell/names.ts';
import { MenuAt, MenuItem, MenuSeparator, type Anchor } from '../../ui/Menu.tsx';
import { Question } from '../../ui/Question.tsx';
import { showToast } from '../../ui/Toasts.tsx';
import { MessageDetails } from './MessageDetails.tsx';

/** Enough of a text to know it by. */
const EXCERPT = 80;

export interface Asked {
  readonly id: EntryId;
  readonly at: Anchor;
}

interface MessageMenuProps {
  readonly conversation: Conversation;
  /** The message whose actions are asked for, and where. */
  readonly asked: Asked | undefined;
  readonly onClose: () => void;
}

type Open = { readonly kind: 'details' | 'delete'; readonly id: EntryId };

/** What one can do with a message: one menu for the whole timeline, at whichever message asks for it. */
export function MessageMenu(props: MessageMenuProps): JSX.Element {
  const house = useHouse();
  const [open, setOpen] = createSignal<Open>();
  const messageOf = (id: EntryId | undefined): TimelineMessage | undefined => {
    // Follows the message while the menu is open: it may be deleted elsewhere.
    props.conversation.messages();
    return id === undefined ? undefined : props.conversation.message(id);
  };
  const asked = createMemo(() => messageOf(props.asked?.id));
  const opened = createMemo(() => messageOf(open()?.id));
  const own = (): boolean => asked()?.author === house.account;
  const copy = async (text: string): Promise<void> => {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    const { copied: yes, notCopied: no } = texts().conversation;
    showToast({ key: 'copied', title: copied ? yes : no, icon: copied ? 'copy' : 'failed' });
  };
  const remove = async ({ id, arrival }: TimelineMessage): Promise<void> => {
    const outcome = await props.conversation.retract(id);
    if (outcome.kind !== 'waiting') {
      showToast({ key: 'deleted', title: texts().conversation.notDeleted, icon: 'failed' });
      return;
    }
    // Others still have what has been sent to them, and nobody has what has not.
    const stillThere = arrival !== undefined && house.connection().kind !== 'online';
    showToast({
      key: 'deleted',
      title: stillThere ? texts().conversation.deletedHere : texts().conversation.deleted,
      ...(stillThere && { text: texts().conversation.deletedLater }),
      icon: 'delete',
    });
  };
  return (
    <>
      <MenuAt
        label={texts().conversation.actions}
        at={asked() === undefined ? undefined : props.asked?.at}
        onClose={props.onClose}
      >
        <Show when={asked()}>
          {(message) => (
            <>
              <MenuItem icon="copy" onSelect={() => void copy(message().text)}>
                {texts().conversation.copyText}
              </MenuItem>
              <Show when={own()}>
                <MenuItem icon="edit" onSelect={() => void props.conversation.startEdit(message().id)}>
                  {texts().conversation.edit}
                </MenuItem>
              </Show>
              <MenuItem icon="info" onSelect={() => setOpen({ kind: 'details', id: message().id })}>
                {texts().conversation.details}
              </MenuItem>
              <Show when={own()}>
                <MenuSeparator />
                <MenuItem icon="delete" danger onSelect={() => setOpen({ kind: 'delete', id: message().id })}>
                  {texts().conversation.delete}
                </MenuItem>
              </Show>
            </>
          )}
        </Show>
      </MenuAt>
      <Show when={opened()}>
        {(message) => (
          <Switch>
            <Match when={open()?.kind === 'details'}>
              <MessageDetails
                conversation={props.conversation}
                message={message()}
                onClose={() => setOpen(undefined)}
              />
            </Match>
            <Match when={open()?.kind === 'delete'}>
              <Question
                title={texts().conversation.deleteTitle}
                yes={texts().conversation.delete}
                no={texts().delivery.keep}
                onAnswer={(yes) => {
                  const wanted = message();
                  setOpen(undefined);
                  if (yes) void remove(wanted);
                }}
              >
                <p>{deletionOf(message())}</p>
              </Question>
            </Match>
          </Switch>
        )}
      </Show>
    </>
  );

  function deletionOf({ text }: TimelineMessage): string {
    const line = text.replaceAll(/\s+/g, ' ').trim();
    const excerpt = line.length > EXCERPT ? `${line.slice(0, EXCERPT).toWellFormed()} …` : line;
    // Isolated: the text may change its direction, the sentence around it must not.
    const quoted = `\u2068${excerpt}\u2069`;
    const other = otherPerson(props.conversation.chat, house.account);
    return other === undefined
      ? texts().conversation.deleteForAll(quoted)
      : texts().conversation.deleteForPerson(quoted, nameOf(house.people(), other));
  }
}
