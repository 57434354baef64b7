import { lazy, type Component, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { reloadSafely } from './safe-reload.ts';

/**
 * A part of the app that comes when it is needed. One that can't be fetched (an old page whose files have gone with an update, or no
 * network before the service worker had them) says so in its place instead of taking the page with it.
 */
export function lazyScreen<P extends object>(load: () => Promise<Component<P>>): Component<P> {
  return lazy(async (): Promise<{ default: Component<P> }> => {
    try {
      return { default: await load() };
    } catch {
      return { default: MissingPart };
    }
  });
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
