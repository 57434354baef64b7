import { createSignal, Show, type JSX } from 'solid-js';
import type { NewInvitation } from '../../../crdt/model/protocol/http.ts';
import { dayAndTimeText } from '../../i18n/dates.ts';
import { texts } from '../../i18n/language.ts';
import { invite, revokeInvitation } from '../../shell/installation.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';

const linkOf = (invitation: NewInvitation): string => `${location.origin}/invitation/${invitation.token}`;

/** Makes a link for one person; it is shown this once. */
export function Invite(): JSX.Element {
  const [invitation, setInvitation] = createSignal<NewInvitation>();
  const [busy, setBusy] = createSignal(false);
  const [said, setSaid] = createSignal<string>();
  const [trouble, setTrouble] = createSignal<string>();
  let field: HTMLInputElement | undefined;

  const run = async (command: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    setTrouble(undefined);
    await command();
    setBusy(false);
  };
  const make = async (): Promise<void> => {
    const answer = await invite();
    if (answer.kind === 'ok') setInvitation(answer.value);
    else setTrouble(troubleWords(answer, { forbidden: texts().administration.notAllowed }));
  };
  const revoke = async (id: string): Promise<void> => {
    const answer = await revokeInvitation(id);
    if (answer.kind !== 'ok') {
      setTrouble(troubleWords(answer));
      return;
    }
    setInvitation(undefined);
    setSaid(texts().administration.revoked);
  };
  const copy = async (link: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(texts().administration.copied);
    } catch {
      // Without HTTPS there is no clipboard: select it, so that it can be copied by hand.
      field?.select();
    }
  };
  return (
    <div class="invite">
      <p>{texts().administration.inviteText}</p>
      <Show when={invitation()}>
        {(made) => (
          <>
            <Field
              label={texts().administration.link}
              name="invitation-link"
              readonly
              value={linkOf(made())}
              hint={texts().administration.validUntil(dayAndTimeText(made().expiresAtMs))}
              onInput={() => undefined}
              ref={(element) => {
                field = element;
              }}
            />
            <div class="invite-actions">
              <Button look="primary" icon="copy" onClick={() => void copy(linkOf(made()))}>
                {texts().administration.copy}
              </Button>
              <Button disabled={busy()} onClick={() => void run(() => revoke(made().id))}>
                {texts().administration.revoke}
              </Button>
            </div>
          </>
        )}
      </Show>
      <p role="status" class="invite-said">
        {said()}
      </p>
      <TroubleNotice words={trouble()} kind="danger" />
      <div class="invite-actions">
        <Button
          icon="invite"
          look={invitation() === undefined ? 'primary' : 'quiet'}
          disabled={busy()}
          onClick={() => void run(make)}
        >
          {busy()
            ? texts().administration.making
            : invitation() === undefined
              ? texts().administration.makeLink
              : texts().administration.makeAnother}
        </Button>
      </div>
    </div>
  );
}
