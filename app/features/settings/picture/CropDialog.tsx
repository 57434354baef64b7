import { createSignal, untrack, type JSX } from 'solid-js';
import { texts } from '../../../i18n/language.ts';
import { savePicture } from '../../../shell/installation.ts';
import { troubleWords } from '../../../shell/trouble-words.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TroubleNotice } from '../../../ui/TroubleNotice.tsx';
import { CropArea } from './CropArea.tsx';
import { middle } from './crop-area.ts';
import { encodeCrop } from './open-picture.ts';

interface CropDialogProps {
  readonly bitmap: ImageBitmap;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** Which part of a picture is kept; only this part ever leaves the device. */
export function CropDialog(props: CropDialogProps): JSX.Element {
  const [crop, setCrop] = createSignal(untrack(() => middle(props.bitmap)));
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string>();
  const save = async (): Promise<string | undefined> => {
    const picture = await encodeCrop(props.bitmap, crop());
    if (picture === undefined) return texts().picture.refusals['cannot-encode'];
    const answer = await savePicture(picture);
    if (answer.kind === 'ok') return undefined;
    if (answer.kind === 'unreachable') return texts().picture.unreachable;
    return troubleWords(answer, { picture: texts().picture.refusals.server });
  };
  const use = async (): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    const words = await save();
    setBusy(false);
    setTrouble(words);
    if (words === undefined) props.onSaved();
  };
  return (
    <Dialog
      open
      title={texts().picture.cropTitle}
      closeLabel={texts().settings.close}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{texts().settings.cancel}</Button>
          <Button look="primary" disabled={busy()} onClick={() => void use()}>
            {busy() ? texts().picture.using : texts().picture.use}
          </Button>
        </>
      }
    >
      <CropArea bitmap={props.bitmap} crop={crop()} onCrop={setCrop} />
      <TroubleNotice words={trouble()} />
    </Dialog>
  );
}
