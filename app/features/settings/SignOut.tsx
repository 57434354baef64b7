import { createEffect, createSignal, on, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { signOut } from '../../shell/session.ts';
import { saveEverything } from '../../shell/unsaved.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Question } from '../../ui/Question.tsx';
import { isNothing, leftToThePerson, onTheWay, unsentOf, type Unsent } from './unsent.ts';
import { UnsentList } from './UnsentList.tsx';
import { whenTrue } from './when-true.ts';

/** A draft of a moment ago needs no question when there is network: it is with the server at once. */
const SHARED_WITHIN_MS = 3_000;

type Step =
  | { readonly kind: 'none' }
  /** What to do with what is unsent? */
  | { readonly kind: 'asking' }
  /** Until everything is sent; `all`: at the beginning. */
  | { readonly kind: 'waiting'; readonly all: number }
  /** Really lose it? */
  | { readonly kind: 'discarding' }
  /** Really, although one can't come back without network? */
  | { readonly kind: 'offline' };

/** Signing out empties the device (A8): only after what is unsent was sent, or knowingly discarded. */
export function SignOut(): JSX.Element {
  const house = useHouse();
  const unsent = (): Unsent => unsentOf(house);
  const [step, setStep] = createSignal<Step>({ kind: 'none' });
  const [busy, setBusy] = createSignal(false);
  const close = (): void => void setStep({ kind: 'none' });
  const online = (): boolean => house.connection().kind === 'online';
  const waiting = () => {
    const now = step();
    return now.kind === 'waiting' ? now : undefined;
  };
  const leave = (): void => {
    close();
    setBusy(true);
    void signOut(house);
  };
  const begin = async (): Promise<void> => {
    setBusy(true);
    await saveEverything();
    if (online()) await whenTrue(() => house.waitingMine() === 0, SHARED_WITHIN_MS);
    setBusy(false);
    if (!isNothing(unsent())) setStep({ kind: 'asking' });
    else if (!online()) setStep({ kind: 'offline' });
    else leave();
  };
  createEffect(
    on([waiting, () => onTheWay(unsent())], ([is, left]) => {
      if (is === undefined || left > 0) return;
      if (leftToThePerson(unsent()) > 0) setStep({ kind: 'asking' });
      else leave();
    }),
  );
  return (
    <>
      <p class="settings-hint">{texts().signOut.text}</p>
      <div>
        <Button icon="sign-out" disabled={busy()} onClick={() => void begin()}>
          {texts().signOut.submit}
        </Button>
      </div>
      <Dialog
        wide
        open={step().kind === 'asking'}
        title={isNothing(unsent()) ? texts().signOut.readyTitle : texts().signOut.title}
        closeLabel={texts().settings.close}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>{texts().signOut.stay}</Button>
            <Show
              when={!isNothing(unsent())}
              fallback={
                <Button look="primary" onClick={leave}>
                  {texts().signOut.submit}
                </Button>
              }
            >
              <Button look="danger" onClick={() => setStep({ kind: 'discarding' })}>
                {texts().signOut.discard}
              </Button>
              <Show when={onTheWay(unsent()) > 0}>
                <Button look="primary" onClick={() => setStep({ kind: 'waiting', all: onTheWay(unsent()) })}>
                  {texts().signOut.whenSent}
                </Button>
              </Show>
            </Show>
          </>
        }
      >
        <div class="settings-lines">
          <Show when={!isNothing(unsent())} fallback={<p>{texts().signOut.ready}</p>}>
            <UnsentList unsent={unsent()} />
            <p>{texts().signOut.wouldBeLost}</p>
            <Show when={unsent().failed > 0}>
              <p>{texts().signOut.failedHint}</p>
            </Show>
          </Show>
        </div>
      </Dialog>
      <Dialog
        open={step().kind === 'waiting'}
        title={texts().signOut.waitingTitle}
        closeLabel={texts().settings.close}
        onClose={close}
        actions={<Button onClick={close}>{texts().settings.cancel}</Button>}
      >
        <Show when={waiting()}>
          {(is) => (
            <div class="settings-lines">
              <progress
                class="settings-progress"
                max={is().all}
                value={Math.max(0, is().all - onTheWay(unsent()))}
                aria-label={texts().signOut.waitingTitle}
              />
              <p role="status">{texts().signOut.waiting(onTheWay(unsent()), is().all)}</p>
              <Show when={!online()}>
                <p>{texts().signOut.waitingOffline}</p>
              </Show>
            </div>
          )}
        </Show>
      </Dialog>
      <Show when={step().kind === 'discarding'}>
        <Question
          title={texts().signOut.discardTitle}
          yes={texts().signOut.discard}
          no={texts().signOut.back}
          onAnswer={(yes) => (yes ? leave() : setStep({ kind: 'asking' }))}
        >
          <div class="settings-lines">
            <p>{texts().signOut.discardText}</p>
            <UnsentList unsent={unsent()} />
          </div>
        </Question>
      </Show>
      <Show when={step().kind === 'offline'}>
        <Question
          title={texts().signOut.offlineTitle}
          yes={texts().signOut.submit}
          no={texts().signOut.stay}
          onAnswer={(yes) => (yes ? leave() : close())}
        >
          <p>{texts().signOut.offlineText}</p>
        </Question>
      </Show>
    </>
  );
}
