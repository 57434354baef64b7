import { createEffect, createSignal, untrack, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import type { Conversation } from '../../reactive/conversation.ts';
import { useHouse } from '../../reactive/house.ts';
import { nameOf } from '../../shell/names.ts';

/** More at once is a catching-up, not a conversation; nobody wants it read out. */
const MOST = 3;
const LETTERS = 280;

/** Tells a screen reader of messages that come in while the chat is open: politely, each once. */
export function Announcer(props: { readonly conversation: Conversation }): JSX.Element {
  const house = useHouse();
  const [words, setWords] = createSignal('');
  const headOf = (): number =>
    props.conversation.messages().reduce((head, message) => Math.max(head, message.arrival?.number ?? 0), 0);
  let told = untrack(headOf);
  createEffect(() => {
    const fresh = props.conversation
      .messages()
      .filter((message) => message.author !== house.account && (message.arrival?.number ?? 0) > told);
    told = Math.max(told, headOf());
    if (fresh.length === 0 || fresh.length > MOST) return;
    setWords(
      fresh
        .map(({ author, text }) => texts().conversation.said(nameOf(house.people(), author), text.slice(0, LETTERS)))
        .join('\n'),
    );
  });
  return (
    <div class="visually-hidden" aria-live="polite">
      {words()}
    </div>
  );
}
