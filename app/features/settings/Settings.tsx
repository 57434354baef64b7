import { useLocation } from '@solidjs/router';
import { createSignal, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { LanguageChoice } from '../../shell/LanguageChoice.tsx';
import { useOffline } from '../../shell/offline-context.ts';
import { signOut } from '../../shell/session.ts';
import { chooseTheme, theme } from '../../shell/theme.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { saveEverything } from '../../shell/unsaved.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Question } from '../../ui/Question.tsx';
import { Screen, Section, Sheet } from '../../ui/Screen.tsx';
import { ProfileForm } from './ProfileForm.tsx';

/** `/settings`: what concerns oneself and this device. */
export function Settings(): JSX.Element {
  const house = useHouse();
  const location = useLocation();
  const { line } = useOffline();
  const me = () => house.people().get(house.account);
  return (
    <Screen
      title={texts().settings.title}
      notice={line()}
      back={{ href: `/${location.search}`, label: texts().conversation.back }}
    >
      <Sheet>
        <Section title={texts().settings.profile}>
          <Show when={me()} keyed>
            {(person) => <ProfileForm person={person} />}
          </Show>
        </Section>
        <Section title={texts().settings.appearance}>
          <Choice
            label={texts().settings.theme}
            value={theme()}
            options={[
              { value: 'system', label: texts().settings.themeSystem },
              { value: 'light', label: texts().settings.themeLight },
              { value: 'dark', label: texts().settings.themeDark },
            ]}
            onChoose={chooseTheme}
          />
          <LanguageChoice />
        </Section>
        <Show when={me()?.admin}>
          <Section title={texts().settings.company}>
            <ListRow
              href={`/settings/people${location.search}`}
              chosen={false}
              lead={
                <Avatar initials="" icon="people" />
              }
              title={texts().settings.people}
              detail={texts().settings.peopleDetail}
            />
          </Section>
        </Show>
        <Section title={texts().settings.signOutSection}>
          <SignOut />
        </Section>
      </Sheet>
    </Screen>
  );
}

/** Asks first when something is unsent; what is unsent stays on the device. */
function SignOut(): JSX.Element {
  const house = useHouse();
  const [asking, setAsking] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string>();
  const leave = async (): Promise<void> => {
    const answer = await signOut();
    if (answer.kind === 'unreachable') setTrouble(texts().settings.signOutUnreachable);
    else if (answer.kind === 'refused') setTrouble(troubleWords(answer));
  };
  const begin = async (): Promise<void> => {
    await saveEverything();
    if (house.waiting() > 0) setAsking(true);
    else await leave();
  };
  return (
    <>
      <Show when={trouble()}>
        {(words) => (
          <Notice kind="warning" icon="offline" role="alert">
            {words()}
          </Notice>
        )}
      </Show>
      <div>
        <Button onClick={() => void begin()}>{texts().settings.signOut}</Button>
      </div>
      <Show when={asking()}>
        <Question
          title={texts().settings.signOutTitle}
          yes={texts().settings.signOut}
          no={texts().settings.stay}
          onAnswer={(yes) => {
            setAsking(false);
            if (yes) void leave();
          }}
        >
          <p>
            {texts().settings.signOutWaiting(house.waiting())} {texts().settings.signOutKept}
          </p>
        </Question>
      </Show>
    </>
  );
}
