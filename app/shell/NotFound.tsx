import { useLocation } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { Screen } from '../ui/Screen.tsx';

/** One calm page for an address that leads nowhere, or to a chat that is not this person's: which of both, it doesn't tell. */
export function NotFound(props: { readonly what?: 'page' | 'chat' }): JSX.Element {
  const location = useLocation();
  const isChat = (): boolean => props.what === 'chat';
  return (
    <Screen
      title={isChat() ? texts().notFound.chatTitle : texts().notFound.title}
      back={{ href: `/${location.search}`, label: texts().conversation.back }}
    >
      <div class="app-center">
        <div class="app-words">
          <p>{isChat() ? texts().notFound.chatText : texts().notFound.text}</p>
          <a href="/">{texts().notFound.toChats}</a>
        </div>
      </div>
    </Screen>
  );
}
