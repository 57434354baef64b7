import { useLocation } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Screen } from '../ui/Screen.tsx';
import { listSearch } from './message-address.ts';

/** One calm page for an address that leads nowhere, or to a chat that is not this person's: which of both, it doesn't tell. */
export function NotFound(props: { readonly what?: 'page' | 'chat' }): JSX.Element {
  const location = useLocation();
  const isChat = (): boolean => props.what === 'chat';
  return (
    <Screen
      title={isChat() ? texts().notFound.chatTitle : texts().notFound.title}
      back={{ href: `/${listSearch(location.search)}`, label: texts().conversation.back }}
    >
      <EmptyState
        icon={isChat() ? 'chat' : 'nothing-found'}
        title={isChat() ? texts().notFound.chatText : texts().notFound.text}
        action={<ButtonLink href={`/${listSearch(location.search)}`}>{texts().notFound.toChats}</ButtonLink>}
      />
    </Screen>
  );
}
