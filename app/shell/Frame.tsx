import { useLocation, useSearchParams } from '@solidjs/router';
import { createMemo, Show, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { useHouse } from '../reactive/house.ts';
import { IconLink } from '../ui/Button.tsx';
import { ChatList } from '../features/chats/ChatList.tsx';
import { ContactList } from '../features/contacts/ContactList.tsx';
import { connectionWords, createOffline } from './connection-words.ts';
import { OfflineProvider } from './offline-context.ts';
import { FrameNotices } from './FrameNotices.tsx';
import './frame.css';

/** List and screen: side by side on wide windows, one after the other on narrow ones. */
export function Frame(props: { readonly children?: JSX.Element }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const [search] = useSearchParams<{ list?: string }>();
  const offline = createOffline(house);
  const line = (): string | undefined => connectionWords(offline(), house.waiting());
  const atList = createMemo(() => location.pathname === '/');
  const list = (): 'contacts' | 'chats' => (search.list === 'contacts' ? 'contacts' : 'chats');

  return (
    <OfflineProvider value={{ offline, line }}>
      <div class="frame" data-at={atList() ? 'list' : 'screen'}>
        <p class="visually-hidden" role="status">
          {line()}
        </p>
        <nav class="frame-list" aria-label={texts().lists.label}>
          <header class="frame-head">
            <div class="frame-words">
              <p class="frame-product">{texts().product}</p>
              <Show when={line()} fallback={<p class="frame-detail">{house.companyName()}</p>}>
                {(words) => <p class="connection-line">{words()}</p>}
              </Show>
            </div>
            <IconLink icon="gear" label={texts().lists.settings} href={`/settings${location.search}`} />
          </header>
          <FrameNotices place="list" />
          <div class="frame-tabs">
            <a href={location.pathname} aria-current={list() === 'chats' ? 'true' : undefined}>
              {texts().lists.chats}
            </a>
            <a href={`${location.pathname}?list=contacts`} aria-current={list() === 'contacts' ? 'true' : undefined}>
              {texts().lists.contacts}
            </a>
          </div>
          <div class="frame-rows">
            <Show when={list() === 'contacts'} fallback={<ChatList />}>
              <ContactList />
            </Show>
          </div>
        </nav>
        <main class="frame-screen">
          <FrameNotices place="screen" />
          {props.children}
        </main>
      </div>
    </OfflineProvider>
  );
}
