import { Route, Router } from '@solidjs/router';
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  Match,
  onCleanup,
  Show,
  Suspense,
  Switch,
  type JSX,
} from 'solid-js';
import { fetchAllTexts, language, texts } from '../i18n/language.ts';
import { calmed } from '../reactive/gather.ts';
import { HouseProvider } from '../reactive/house.ts';
import { whenIdle } from '../reactive/when-idle.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Notice } from '../ui/Notice.tsx';
import { screenTitle } from '../ui/screen-title.ts';
import { ToastRegion } from '../ui/Toasts.tsx';
import { Tooltips } from '../ui/Tooltips.tsx';
import { Frame } from './Frame.tsx';
import { lazyScreen } from './LazyScreen.tsx';
import { NotFound } from './NotFound.tsx';
import { pageTitle } from './page-title.ts';
import { ReturnFocus } from './ReturnFocus.tsx';
import { reloadSafely } from './safe-reload.ts';
import { session, type SessionState } from './session.ts';
import { Shortcuts } from './Shortcuts.tsx';
import './app.css';

// What a drawn chat list doesn't need comes when it is needed; the service worker has it by then.
const SignIn = lazyScreen(async () => (await import('../features/sign-in/SignIn.tsx')).SignIn);
const SetUp = lazyScreen(async () => (await import('../features/sign-in/SetUp.tsx')).SetUp);
const JoinByInvitation = lazyScreen(
  async () => (await import('../features/sign-in/JoinByInvitation.tsx')).JoinByInvitation,
);
const ConversationScreen = lazyScreen(async () => (await import('./ConversationScreen.tsx')).ConversationScreen);
// Beside the start of the house, not after it.
if (location.pathname.startsWith('/chats/')) void ConversationScreen.preload();
const StorageClosed = lazyScreen(async () => (await import('./StorageClosed.tsx')).StorageClosed);
const SettingsScreen = lazyScreen(async () => (await import('./SettingsScreen.tsx')).SettingsScreen);

/** The title's number changes so often at most: the browser draws its tabs anew for it. */
const TITLE_MS = 1_000;
/** Most starts are over by then. */
const PATIENCE_MS = 800;

export function App(): JSX.Element {
  onCleanup(
    whenIdle(() => {
      void ConversationScreen.preload();
      void fetchAllTexts();
    }),
  );
  createEffect(() => {
    document.documentElement.lang = language();
  });
  const unread = calmed(() => {
    const state = session();
    return state.kind === 'open' ? state.house.totalUnread() : 0;
  }, TITLE_MS);
  createEffect(() => {
    document.title = pageTitle(texts().product, screenTitle(), unread());
  });
  return (
    <Router root={Root}>
      <Route path="/invitation/:token" component={JoinByInvitation} />
      <Route path="/" component={SignedIn}>
        <Route path="/" component={() => <EmptyState icon="chat" title={texts().conversation.empty} />} />
        <Route path="/chats/:chat" component={ConversationScreen} />
        <Route path="/settings/:section?" component={SettingsScreen} />
        <Route path="*" component={NotFound} />
      </Route>
    </Router>
  );
}

function Root(props: { readonly children?: JSX.Element }): JSX.Element {
  return (
    <ErrorBoundary
      fallback={(cause: unknown) => (
        <main class="app-center">
          <h1 class="visually-hidden">{texts().product}</h1>
          <Notice
            kind="danger"
            icon="failed"
            actions={<Button onClick={() => void reloadSafely()}>{texts().update.reload}</Button>}
          >
            {texts().trouble.broken} <small>{String(cause)}</small>
          </Notice>
        </main>
      )}
    >
      <Suspense>{props.children}</Suspense>
      <Tooltips />
      <ToastRegion label={texts().notices.region} closeLabel={texts().notices.dismiss} />
    </ErrorBoundary>
  );
}

/** Said to who waits longer than one usually has to: before that, not even a frame is drawn for it. */
function Patience(props: { readonly children: string }): JSX.Element {
  const [said, setSaid] = createSignal(false);
  const timer = setTimeout(() => setSaid(true), PATIENCE_MS);
  onCleanup(() => clearTimeout(timer));
  return (
    <Show when={said()}>
      <p class="app-hint app-patience" role="status">
        {props.children}
      </p>
    </Show>
  );
}

const isOpen = (state: SessionState) => state.kind === 'open' && state;
const isEnded = (state: SessionState) => state.kind === 'ended' && state;
const isAtTheDoor = (state: SessionState) => state.kind === 'sign-in' && state;

/** Every address of the house: shown to who is signed in; who is not, signs in right here and goes on. */
function SignedIn(props: { readonly children?: JSX.Element }): JSX.Element {
  return (
    <Switch fallback={<Patience>{texts().loading}</Patience>}>
      <Match when={isOpen(session())} keyed>
        {(open) => (
          <HouseProvider value={open.house}>
            <Shortcuts />
            <ReturnFocus />
            <Frame>
              <Suspense>{props.children}</Suspense>
            </Frame>
          </HouseProvider>
        )}
      </Match>
      <Match when={isEnded(session())} keyed>
        {(ended) => <SignIn ended={ended} because={undefined} />}
      </Match>
      <Match when={isAtTheDoor(session())} keyed>
        {(door) => <SignIn ended={undefined} because={door.because} />}
      </Match>
      <Match when={session().kind === 'leaving'}>
        <Patience>{texts().door.leaving}</Patience>
      </Match>
      <Match when={session().kind === 'set-up'}>
        <SetUp />
      </Match>
      <Match when={session().kind === 'storage-closed'}>
        <StorageClosed />
      </Match>
    </Switch>
  );
}
