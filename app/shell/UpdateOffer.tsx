import { Show, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { takeUpdate, updateReady } from './update.ts';

export function UpdateOffer(): JSX.Element {
  return (
    <Show when={updateReady()}>
      <div class="frame-notice">
        <Notice kind="plain" actions={<Button onClick={takeUpdate}>{texts().update.reload}</Button>}>
          {texts().update.ready}
        </Notice>
      </div>
    </Show>
  );
}
