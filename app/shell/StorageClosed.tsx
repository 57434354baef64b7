import { createSignal, Show, type JSX } from 'solid-js';
import { texts } from '../i18n/language.ts';
import { namespaceOf } from '../reactive/open-house.ts';
import { wipeCopy } from '../reactive/wipe-copy.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Question } from '../ui/Question.tsx';
import { readRecord } from './session-record.ts';

/** The copy on this device can't be opened: another attempt, or, knowing what that costs, a new copy from the server. */
export function StorageClosed(): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [stuck, setStuck] = createSignal(false);
  const record = readRecord();

  async function fetchAnew(): Promise<void> {
    if (record === undefined) return;
    setBusy(true);
    const outcome = await wipeCopy(namespaceOf(record));
    if (outcome.kind === 'wiped') location.reload();
    setStuck(outcome.kind !== 'wiped');
    setBusy(false);
  }

  return (
    <main class="app-center">
      <h1 class="visually-hidden">{texts().product}</h1>
      <Notice
        kind="warning"
        icon="failed"
        actions={
          <>
            <Button disabled={busy()} onClick={() => location.reload()}>
              {texts().trouble.again}
            </Button>
            <Show when={record !== undefined}>
              <Button look="plain" disabled={busy()} onClick={() => setAsking(true)}>
                {texts().trouble.fetchAnew}
              </Button>
            </Show>
          </>
        }
      >
        {stuck() ? texts().trouble.notWiped : texts().trouble.storageClosed}
      </Notice>
      <Show when={asking()}>
        <Question
          title={texts().trouble.fetchAnewTitle}
          yes={texts().trouble.fetchAnew}
          no={texts().trouble.keepCopy}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) void fetchAnew();
          }}
        >
          <p>{texts().trouble.fetchAnewText}</p>
        </Question>
      </Show>
    </main>
  );
}
