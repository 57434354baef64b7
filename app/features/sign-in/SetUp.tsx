import { createSignal, Show, type JSX } from 'solid-js';
import { createStore } from 'solid-js/store';
import { texts } from '../../i18n/language.ts';
import { setUp } from '../../shell/installation.ts';
import { join, showSignIn } from '../../shell/session.ts';
import { keepForm } from '../../shell/kept-forms.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Door } from './Door.tsx';
import { EMPTY_ACCOUNT, NewAccountFields, type NewAccount } from './NewAccountFields.tsx';
import { createSubmission } from './submission.ts';

/** An empty installation: the operator's company and its first administrator, by the code that the server has printed. */
export function SetUp(): JSX.Element {
  const [code, setCode] = createSignal('');
  const [company, setCompany] = createSignal('');
  const [account, setAccount] = createStore<NewAccount>({ ...EMPTY_ACCOUNT });
  const submission = createSubmission(
    () => join(() => setUp({ ...account, code: code().trim(), company: company().trim() }), account),
    (trouble) => troubleWords(trouble, { 'setup-code': texts().setUp.wrongCode, 'setup-done': texts().setUp.done }),
  );
  return (
    <Door title={texts().setUp.title}>
      <p>{texts().setUp.intro}</p>
      <form ref={keepForm('set-up')} onSubmit={submission.submit}>
        <Field
          label={texts().setUp.code}
          hint={texts().setUp.codeHint}
          name="code"
          required
          value={code()}
          onInput={setCode}
        />
        <Field
          label={texts().setUp.company}
          name="organization"
          autocomplete="organization"
          required
          maxLength={100}
          value={company()}
          onInput={setCompany}
        />
        <NewAccountFields account={account} onChange={setAccount} />
        <Show when={submission.trouble()}>
          {(words) => (
            <Notice
              kind="danger"
              icon="failed"
              role="alert"
              actions={
                <Show when={words() === texts().setUp.done}>
                  <Button onClick={showSignIn}>{texts().signIn.title}</Button>
                </Show>
              }
            >
              {words()}
            </Notice>
          )}
        </Show>
        <Button type="submit" look="primary" disabled={submission.busy()}>
          {submission.busy() ? texts().setUp.submitting : texts().setUp.submit}
        </Button>
      </form>
    </Door>
  );
}
