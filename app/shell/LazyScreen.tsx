import { createSignal, lazy, onMount, Show, type Component, type JSX } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { texts } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { reloadSafely } from './safe-reload.ts';

type LazyScreen<P extends object> = Component<P> & {
  /** Fetches it ahead of time. */
  readonly preload: () => Promise<unknown>;
};

/**
 * A part of the app that comes when it is needed. One that can't be fetched (an old page whose files have gone with an update, or no
 * network before the service worker had them) says so in its place instead of taking the page with it.
 */
export function lazyScreen<P extends object>(load: () => Promise<Component<P>>): LazyScreen<P> {
  return lazy(async (): Promise<{ default: Component<P> }> => {
    try {
      return { default: await load() };
    } catch {
      // Whatever was in the way then, perhaps ahead of time, may be over when the part is needed.
      return { default: (props: P) => <SecondAttempt load={load} props={props} /> };
    }
  });
}

function SecondAttempt<P extends object>(props: {
  readonly load: () => Promise<Component<P>>;
  readonly props: P;
}): JSX.Element {
  const [part, setPart] = createSignal<Component<P>>();
  const [missing, setMissing] = createSignal(false);
  onMount(() => {
    props.load().then(
      (loaded) => setPart(() => loaded),
      () => setMissing(true),
    );
  });
  return (
    <Show when={part()} fallback={missing() ? <MissingPart /> : undefined}>
      {(loaded) => <Dynamic component={loaded()} {...props.props} />}
    </Show>
  );
}

function MissingPart(): JSX.Element {
  return (
    <div class="app-center">
      <Notice
        kind="warning"
        icon="failed"
        actions={<Button onClick={() => void reloadSafely()}>{texts().update.reload}</Button>}
      >
        {texts().trouble.missingPart}
      </Notice>
    </div>
  );
}
