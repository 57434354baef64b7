import { useLocation, useNavigate, useSearchParams } from '@solidjs/router';
import {
  createEffect,
  createMemo,
  createSignal,
  Match,
  onCleanup,
  onMount,
  Show,
  Switch,
  untrack,
  type JSX,
} from 'solid-js';
import { ChatList } from '../features/chats/ChatList.tsx';
import { ContactList } from '../features/contacts/ContactList.tsx';
import { createContacts } from '../features/contacts/contacts.ts';
import { QuickSearch } from '../features/quick-search/QuickSearch.tsx';
import { texts } from '../i18n/language.ts';
import { calmed } from '../reactive/gather.ts';
import { useHouse } from '../reactive/house.ts';
import { whenIdle } from '../reactive/when-idle.ts';
import { beforeFrame } from '../ui/before-frame.ts';
import { fetchAhead, later } from '../ui/Later.tsx';
import { Tabs } from '../ui/Tabs.tsx';
import { showBadge } from './app-badge.ts';
import { connectionWords, createOffline } from './connection-words.ts';
import { tellFirstList } from './first-list.ts';
import { FrameNotices } from './FrameNotices.tsx';
import { MainMenu } from './MainMenu.tsx';
import { OfflineProvider } from './offline-context.ts';
import { keysText } from './shortcut-keys.ts';
import './frame.css';

type List = 'chats' | 'contacts';
const LIST_ID = 'frame-list';
const MessageSearch = later(async () => (await import('../features/search/SearchPanel.tsx')).SearchPanel);
/** The number on the app's icon changes so often at most: it is another program that draws it. */
const BADGE_MS = 1_000;

/** List and screen: side by side on wide windows, one after the other on narrow ones. */
export function Frame(props: { readonly children?: JSX.Element }): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ list?: string; find?: string }>();
  const offline = createOffline(house);
  const line = (): string | undefined => connectionWords(offline(), house.waiting());
  const atList = createMemo(() => location.pathname === '/');
  const list = createMemo((): List => (search.list === 'contacts' ? 'contacts' : 'chats'));
  /** The search for messages stands in place of the lists, which stay as they are below it. */
  const searching = createMemo(() => search.find !== undefined);
  const contacts = createContacts(house, () => list() === 'contacts');
  // The frame and what stands in it are each a turn's work on a slow phone, not both together.
  const [filled, setFilled] = createSignal(false);
  const gone = new AbortController();
  onCleanup(() => gone.abort());
  const fill = (): void => {
    setFilled(true);
    // Contacts are put in order first, for which nobody need wait.
    if (untrack(list) === 'contacts') tellFirstList();
  };
  onMount(() => beforeFrame(fill, gone.signal));
  // What isn't needed for a drawn list is fetched when it is drawn.
  onCleanup(whenIdle(() => void fetchAhead()));
  const calmTotal = calmed(house.totalUnread, BADGE_MS);
  createEffect(() => showBadge(calmTotal()));

  return (
    <OfflineProvider value={{ offline, line }}>
      <div class="frame" data-at={atList() ? 'list' : 'screen'} data-search={searching() ? '' : undefined}>
        <p class="visually-hidden" role="status">
          {line()}
        </p>
        <nav class="frame-list" aria-label={texts().lists.label}>
          <header class="frame-head">
            <MainMenu />
            <div class="frame-words">
              {/* On a screen its own name is the page's heading. */}
              <Show when={atList()} fallback={<p class="frame-product">{texts().product}</p>}>
                <h1 class="frame-product">{texts().product}</h1>
              </Show>
              <Show when={line()} fallback={<p class="frame-detail">{house.companyName()}</p>}>
                {(words) => <p class="connection-line">{words()}</p>}
              </Show>
            </div>
          </header>
          <Show when={filled()}>
            <FrameNotices place="list" />
            <QuickSearch shortcut={keysText({ key: 'k', mod: true })}>
              <Tabs
                label={texts().lists.tabs}
                value={list()}
                options={[
                  {
                    value: 'chats',
                    label: texts().lists.chats,
                    count: house.totalUnread(),
                    countLabel: texts().lists.unread(house.totalUnread()),
                  },
                  { value: 'contacts', label: texts().lists.contacts },
                ]}
                controls={LIST_ID}
                onChoose={(chosen: List) =>
                  navigate(chosen === 'contacts' ? `${location.pathname}?list=contacts` : location.pathname)
                }
              />
              <div class="frame-rows" id={LIST_ID} role="tabpanel" aria-label={texts().lists[list()]}>
                <Switch>
                  <Match when={list() === 'contacts'}>
                    <ContactList contacts={contacts()} />
                  </Match>
                  <Match when={list() === 'chats'}>
                    <ChatList onDrawn={tellFirstList} />
                  </Match>
                </Switch>
              </div>
            </QuickSearch>
          </Show>
        </nav>
        <Show when={searching()}>
          <div class="frame-search">
            <MessageSearch.View />
          </div>
        </Show>
        <main class="frame-screen">
          <Show when={filled()}>
            <FrameNotices place="screen" />
            {props.children}
          </Show>
        </main>
      </div>
    </OfflineProvider>
  );
}
