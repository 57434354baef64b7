import { createSignal, Match, Show, Switch, untrack, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { emptyAgain, signIn, type DoorReason, type SessionState } from '../../shell/session.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';
import { Door } from './Door.tsx';
import { Forget } from './Forget.tsx';
import { PasswordField } from './PasswordField.tsx';
import { createSubmission } from './submission.ts';

interface SignInProps {
  /** Signed in before on this device, whose copy is still here. */
  readonly ended: Extract<SessionState, { readonly kind: 'ended' }> | undefined;
  readonly because: DoorReason | undefined;
}

export function SignIn(props: SignInProps): JSX.Element {
  const [email, setEmail] = createSignal(untrack(() => props.ended?.email) ?? '');
  const [password, setPassword] = createSignal('');
  const submission = createSubmission(
    () => signIn(email().trim(), password()),
    (trouble) => {
      if (trouble.kind === 'unreachable' && !navigator.onLine) return texts().signIn.offline;
      if (trouble.kind === 'refused' && trouble.status === 401) return texts().signIn.wrong;
      return troubleWords(trouble, { 'not-emptied': texts().door.notEmptied });
    },
  );
  return (
    <Door title={texts().signIn.title}>
      <Show when={props.ended}>
        {(ended) => (
          <Notice kind="plain" icon="info">
            {texts().signIn.ended(ended().name)}{' '}
            {ended().waiting > 0 ? texts().signIn.endedWaiting(ended().waiting) : ''}
          </Notice>
        )}
      </Show>
      <Show when={props.because}>{(because) => <Because because={because()} />}</Show>
      <form onSubmit={submission.submit}>
        <Field
          label={texts().signIn.email}
          name="email"
          type="email"
          autocomplete="username"
          required
          value={email()}
          onInput={setEmail}
        />
        <PasswordField
          label={texts().signIn.password}
          autocomplete="current-password"
          value={password()}
          onInput={setPassword}
        />
        <TroubleNotice words={submission.trouble()} kind="danger" />
        <Button type="submit" look="primary" disabled={submission.busy()}>
          {submission.busy() ? texts().signIn.submitting : texts().signIn.submit}
        </Button>
      </form>
      <Show when={props.ended} fallback={<p class="door-more">{texts().signIn.noAccount}</p>}>
        {(ended) => <Forget name={ended().name} />}
      </Show>
    </Door>
  );
}

/** Why one stands here. */
function Because(props: { readonly because: DoorReason }): JSX.Element {
  const left = () => props.because.kind === 'left' && props.because;
  return (
    <Switch>
      <Match when={left()}>
        {(how) => (
          <Notice kind="plain" icon="check">
            {how().told ? texts().door.left : texts().door.leftUntold}
          </Notice>
        )}
      </Match>
      <Match when={props.because.kind === 'ordered'}>
        <Notice kind="warning" icon="info">
          {texts().door.ordered}
        </Notice>
      </Match>
      <Match when={props.because.kind === 'not-emptied'}>
        <Notice kind="warning" icon="failed" actions={<Button onClick={emptyAgain}>{texts().door.again}</Button>}>
          {texts().door.notEmptied}
        </Notice>
      </Match>
      <Match when={props.because.kind === 'evicted'}>
        <Notice kind="warning" icon="info">
          {texts().door.evicted}
        </Notice>
      </Match>
    </Switch>
  );
}
