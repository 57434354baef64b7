import { useNavigate, useParams } from '@solidjs/router';
import { createResource, Match, Show, Switch, type JSX } from 'solid-js';
import { createStore } from 'solid-js/store';
import { texts } from '../../i18n/language.ts';
import { acceptInvitation, askInvitation } from '../../shell/installation.ts';
import { join, session } from '../../shell/session.ts';
import { keepForm } from '../../shell/kept-forms.ts';
import { troubleWords, type Trouble } from '../../shell/trouble-words.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';
import { Door } from './Door.tsx';
import { EMPTY_ACCOUNT, NewAccountFields, type NewAccount } from './NewAccountFields.tsx';
import { createSubmission } from './submission.ts';

/** `/invitation/<token>`: a new person joins a company. */
export function JoinByInvitation(): JSX.Element {
  const params = useParams<{ token: string }>();
  const navigate = useNavigate();
  const [invitation, { refetch }] = createResource(() => params.token, askInvitation);
  const [account, setAccount] = createStore<NewAccount>({ ...EMPTY_ACCOUNT });
  const ownWords = (): Record<string, string> => ({
    invitation: texts().invitation.invalid,
    'not-found': texts().invitation.invalid,
    'email-taken': texts().invitation.taken,
  });
  /** Who has used it up by joining may be looking for the way in. */
  const isOver = (trouble: Trouble): boolean => trouble.kind === 'refused' && trouble.code in ownWords();
  const submission = createSubmission(
    async () => {
      const entered = await join(() => acceptInvitation(params.token, { ...account }), account);
      if (entered.kind === 'ok') navigate('/', { replace: true });
      return entered;
    },
    (trouble) => troubleWords(trouble, ownWords()),
  );
  const invited = () => {
    const answer = invitation();
    return answer?.kind === 'ok' ? answer.value : undefined;
  };
  const refused = () => {
    const answer = invitation();
    return answer === undefined || answer.kind === 'ok' ? undefined : answer;
  };
  return (
    <Door title={texts().invitation.title}>
      <Switch fallback={<p>{texts().invitation.checking}</p>}>
        <Match when={session().kind === 'open' && !submission.busy()}>
          <Notice kind="plain" actions={<Button onClick={() => navigate('/')}>{texts().notFound.toChats}</Button>}>
            {texts().invitation.signedIn}
          </Notice>
        </Match>
        <Match when={refused()}>
          {(answer) => (
            <Notice
              kind="warning"
              icon="failed"
              actions={
                <Show
                  when={isOver(answer())}
                  fallback={<Button onClick={() => void refetch()}>{texts().trouble.again}</Button>}
                >
                  <ButtonLink href="/">{texts().signIn.title}</ButtonLink>
                </Show>
              }
            >
              {troubleWords(answer(), ownWords())}
            </Notice>
          )}
        </Match>
        <Match when={invited()}>
          {(open) => (
            <>
              <p>{texts().invitation.intro(open().company)}</p>
              <form ref={keepForm('invitation')} onSubmit={submission.submit}>
                <NewAccountFields account={account} onChange={setAccount} />
                <TroubleNotice words={submission.trouble()} kind="danger" />
                <Button type="submit" look="primary" disabled={submission.busy()}>
                  {submission.busy() ? texts().invitation.submitting : texts().invitation.submit}
                </Button>
              </form>
            </>
          )}
        </Match>
      </Switch>
    </Door>
  );
}
