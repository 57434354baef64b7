import { createSignal, onCleanup, Show, type JSX } from 'solid-js';
import type { Person } from '../../../../crdt/model/company/company-facts.ts';
import type { Account } from '../../../../crdt/model/log/writer.ts';
import { texts } from '../../../i18n/language.ts';
import { removePicture } from '../../../shell/installation.ts';
import { useOffline } from '../../../shell/offline-context.ts';
import { PersonAvatar } from '../../../shell/PersonAvatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Question } from '../../../ui/Question.tsx';
import { TroubleNotice } from '../../../ui/TroubleNotice.tsx';
import { settingTrouble } from '../setting-trouble.ts';
import { CropDialog } from './CropDialog.tsx';
import { openPicture } from './open-picture.ts';
import { PICTURE_TYPES } from './picture-header.ts';
import './picture-field.css';

type Said = { readonly kind: 'status' | 'trouble'; readonly words: string };

/** The picture of oneself: choose or take one, see it, take it away (P1). */
export function PictureField(props: { readonly person: Person; readonly account: Account }): JSX.Element {
  const { offline } = useOffline();
  const [bitmap, setBitmap] = createSignal<ImageBitmap>();
  const [busy, setBusy] = createSignal(false);
  const [asking, setAsking] = createSignal(false);
  const [said, setSaid] = createSignal<Said>();
  const [files, setFiles] = createSignal<HTMLInputElement>();
  const [camera, setCamera] = createSignal<HTMLInputElement>();
  // Others have no camera at hand, or the same dialog for both.
  const hasCamera = matchMedia('(pointer: coarse)').matches;

  const putAway = (): void => {
    bitmap()?.close();
    setBitmap(undefined);
  };
  onCleanup(putAway);

  const take = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    // So that the same file can be chosen again.
    input.value = '';
    if (file === undefined || busy()) return;
    putAway();
    setBusy(true);
    setSaid({ kind: 'status', words: texts().picture.opening });
    const opened = await openPicture(file);
    setBusy(false);
    setSaid(opened.kind === 'opened' ? undefined : { kind: 'trouble', words: texts().picture.refusals[opened.why] });
    if (opened.kind === 'opened') setBitmap(opened.bitmap);
  };
  const remove = async (): Promise<void> => {
    setBusy(true);
    const answer = await removePicture();
    setBusy(false);
    setSaid(
      answer.kind === 'ok'
        ? { kind: 'status', words: texts().picture.removed }
        : { kind: 'trouble', words: settingTrouble(answer) },
    );
  };
  const words = (kind: Said['kind']): string | undefined => {
    const now = said();
    return now?.kind === kind ? now.words : undefined;
  };
  return (
    <div class="picture-field">
      <PersonAvatar account={props.account} size="large" />
      <div class="settings-lines">
        <div class="settings-actions">
          <Button icon="edit" disabled={busy()} onClick={() => files()?.click()}>
            {texts().picture.choose}
          </Button>
          <Show when={hasCamera}>
            <Button icon="camera" disabled={busy()} onClick={() => camera()?.click()}>
              {texts().picture.take}
            </Button>
          </Show>
          <Show when={props.person.picture !== undefined}>
            <Button look="plain" icon="delete" disabled={busy()} onClick={() => setAsking(true)}>
              {texts().picture.remove}
            </Button>
          </Show>
        </div>
        <p class="settings-hint">
          {texts().picture.hint} <Show when={offline()}>{texts().settings.needsNetwork}</Show>
        </p>
        <p role="status" class="settings-said">
          {words('status')}
        </p>
        <TroubleNotice words={words('trouble')} />
      </div>
      <input
        ref={setFiles}
        hidden
        type="file"
        accept={PICTURE_TYPES}
        aria-label={texts().picture.choose}
        onChange={(event) => void take(event.currentTarget)}
      />
      <input
        ref={setCamera}
        hidden
        type="file"
        accept={PICTURE_TYPES}
        capture="user"
        aria-label={texts().picture.take}
        onChange={(event) => void take(event.currentTarget)}
      />
      <Show when={bitmap()} keyed>
        {(picture) => (
          <CropDialog
            bitmap={picture}
            onClose={putAway}
            onSaved={() => {
              putAway();
              setSaid({ kind: 'status', words: texts().picture.saved });
            }}
          />
        )}
      </Show>
      <Show when={asking()}>
        <Question
          title={texts().picture.removeTitle}
          yes={texts().picture.remove}
          no={texts().settings.cancel}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) void remove();
          }}
        >
          <p>{texts().picture.removeText}</p>
        </Question>
      </Show>
    </div>
  );
}
