import { createResource, createSignal, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { Button } from '../../ui/Button.tsx';
import { Section } from '../../ui/Screen.tsx';
import { HistoryRow } from './HistoryRow.tsx';
import { SignOut } from './SignOut.tsx';
import { askStorage, keepStorage, sizeText } from './storage-use.ts';

/** What Hausfunk holds here, and how to end that. */
export function ThisDeviceSection(): JSX.Element {
  const [storage, { refetch }] = createResource(askStorage);
  const [refused, setRefused] = createSignal(false);
  const used = (): string => {
    const { usedBytes, quotaBytes } = storage() ?? {};
    if (usedBytes === undefined) return texts().settings.storageUnknown;
    return quotaBytes === undefined
      ? texts().settings.storageUsedOnly(sizeText(usedBytes))
      : texts().settings.storageUsed(sizeText(usedBytes), sizeText(quotaBytes));
  };
  const keep = async (): Promise<void> => {
    setRefused(!(await keepStorage()));
    await refetch();
  };
  return (
    <>
      <Section title={texts().settings.storage}>
        <Show when={storage.latest}>
          {(known) => (
            <div class="settings-lines">
              <p>{used()}</p>
              <Show when={known().persisted !== undefined}>
                <p>{known().persisted === true ? texts().settings.persisted : texts().settings.notPersisted}</p>
              </Show>
              <Show when={known().persisted === false}>
                <div>
                  <Button onClick={() => void keep()}>{texts().settings.persist}</Button>
                </div>
              </Show>
              <p role="status" class="settings-said">
                {refused() ? texts().settings.persistRefused : ''}
              </p>
            </div>
          )}
        </Show>
        <HistoryRow />
      </Section>
      <Section title={texts().signOut.section}>
        <SignOut />
      </Section>
    </>
  );
}
