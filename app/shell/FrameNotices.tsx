import { createMemo, createSignal, Match, Show, Switch, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { useHouse } from '../reactive/house.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { dismissEviction, evicted } from './local-copy.ts';
import { isNarrow } from './narrow.ts';
import { createShortage } from './room.ts';
import { isTaking, takeNewest, takeUpdate, updateReady } from './update.ts';
import './frame-notices.css';

/** Said once is enough, until the page is opened again. */
const [shortageSeen, setShortageSeen] = createSignal(false);

/**
 * What a person should know of this device and this version, calmly, each in a line of its own. In the list on wide windows, over the
 * screen in view on narrow ones: mount it in both places.
 */
export function FrameNotices(props: { readonly place: 'list' | 'screen' }): JSX.Element {
  return (
    <Show when={props.place === 'list' || isNarrow()}>
      <Notices place={props.place} />
    </Show>
  );
}

function Notices(props: { readonly place: 'list' | 'screen' }): JSX.Element {
  const house = useHouse();
  const shortage = createShortage();
  const trouble = createMemo((): string | undefined => {
    switch (house.storage().kind) {
      case 'full':
        return texts().connection.storageFull;
      case 'failed':
        return texts().connection.storageFailed;
      case 'ok':
        return undefined;
    }
  });
  const damage = createMemo((): string | undefined => {
    const repairs = house.repairs();
    if (repairs.kind === 'none') return undefined;
    const words = texts().connection;
    return `${words[repairs.kind]} ${repairs.mayLackOwn ? words.ownMayLack : words.ownKept}`;
  });
  /** Why this page has to be loaded anew before it connects. */
  const reloading = createMemo((): string | undefined => {
    switch (house.connection().kind) {
      case 'outdated':
        return texts().connection.outdated;
      case 'code-missing':
        return texts().connection.codeMissing;
      case 'connecting':
      case 'online':
      case 'offline':
      case 'signed-out':
        return undefined;
    }
  });
  return (
    <div class="frame-notices" data-place={props.place}>
      <Switch>
        <Match when={trouble()}>
          {(words) => (
            <Notice kind="warning" icon="failed">
              {words()}
            </Notice>
          )}
        </Match>
        <Match when={!shortageSeen() && shortage() !== undefined}>
          <Notice
            kind="warning"
            icon="failed"
            dismissLabel={texts().notices.dismiss}
            onDismiss={() => setShortageSeen(true)}
          >
            {texts().connection.storageShort(shortage() ?? 0)}
          </Notice>
        </Match>
      </Switch>
      <Show when={damage()}>
        {(words) => (
          <Notice
            kind="warning"
            icon="info"
            dismissLabel={texts().notices.dismiss}
            onDismiss={() => house.acknowledgeRepairs()}
          >
            {words()}
          </Notice>
        )}
      </Show>
      <Show when={evicted()}>
        <Notice kind="warning" icon="info" dismissLabel={texts().notices.dismiss} onDismiss={dismissEviction}>
          {texts().door.evictedNotice}
        </Notice>
      </Show>
      <Show when={reloading()}>
        {(words) => (
          <Notice
            kind="warning"
            icon="failed"
            actions={
              <Button disabled={isTaking()} onClick={() => void takeNewest()}>
                {texts().update.reload}
              </Button>
            }
          >
            {words()}
          </Notice>
        )}
      </Show>
      <Show when={updateReady() && reloading() === undefined}>
        <Notice
          kind="plain"
          actions={
            <Button disabled={isTaking()} onClick={() => void takeUpdate()}>
              {texts().update.reload}
            </Button>
          }
        >
          {texts().update.ready}
        </Notice>
      </Show>
    </div>
  );
}
