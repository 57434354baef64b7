import { createEffect, createSignal, on, untrack, type JSX } from 'solid-js';
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
  let told = untrack(() => props.conversation.arrivedAfter(0).at(-1)?.arrival?.number ?? 0);
  createEffect(
    on(
      () => props.conversation.messages(),
      () => {
        const arrived = props.conversation.arrivedAfter(told);
        told = arrived.at(-1)?.arrival?.number ?? told;
        const fresh = arrived.filter(({ author }) => author !== house.account);
        if (fresh.length === 0 || fresh.length > MOST) return;
        setWords(
          fresh
            .map(({ author, text }) =>
              texts().conversation.said(nameOf(house.people(), author), text.slice(0, LETTERS).toWellFormed()),
            )
            .join('\n'),
        );
      },
      { defer: true },
    ),
  );
  return (
    <div class="visually-hidden" aria-live="polite">
      {words()}
    </div>
  );
}
