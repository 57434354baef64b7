import { createSignal, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { signIn } from '../../shell/session.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Door } from './Door.tsx';
import { createSubmission } from './submission.ts';

/** `ended`: signed in before on this device; how many messages still wait. */
export function SignIn(props: { readonly ended: { readonly waiting: number } | undefined }): JSX.Element {
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const submission = createSubmission(
    () => signIn(email().trim(), password()),
    (trouble) =>
      trouble.kind === 'refused' && trouble.status === 401
        ? texts().signIn.wrong
        : trouble.kind === 'unreachable' && !navigator.onLine
          ? texts().signIn.offline
          : troubleWords(trouble),
  );
  return (
    <Door title={texts().signIn.title}>
      <Show when={props.ended}>
        {(ended) => (
          <Notice kind="plain">
            {texts().signIn.ended} {ended().waiting > 0 ? texts().signIn.endedWaiting(ended().waiting) : ''}
          </Notice>
        )}
      </Show>
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
        <Field
          label={texts().signIn.password}
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={password()}
          onInput={setPassword}
        />
        <Show when={submission.trouble()}>
          {(words) => (
            <Notice kind="danger" icon="failed" role="alert">
              {words()}
            </Notice>
          )}
        </Show>
        <Button type="submit" look="primary" disabled={submission.busy()}>
          {submission.busy() ? texts().signIn.submitting : texts().signIn.submit}
        </Button>
      </form>
      <p class="door-more">{texts().signIn.noAccount}</p>
    </Door>
  );
}
