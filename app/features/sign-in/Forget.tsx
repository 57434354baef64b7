import { createSignal, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { forgetEnded } from '../../shell/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Question } from '../../ui/Question.tsx';

/** On a device that is shared or handed on: what the person before has here can be deleted without their password. */
export function Forget(props: { readonly name: string }): JSX.Element {
  const [asking, setAsking] = createSignal(false);
  return (
    <>
      <div class="door-more">
        <Button look="plain" onClick={() => setAsking(true)}>
          {texts().door.forget(props.name)}
        </Button>
      </div>
      <Show when={asking()}>
        <Question
          title={texts().door.forgetTitle}
          yes={texts().door.forgetYes}
          no={texts().door.forgetNo}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) forgetEnded();
          }}
        >
          <p>{texts().door.forgetText(props.name)}</p>
        </Question>
      </Show>
    </>
  );
}
