import { createSignal, Show, type JSX } from 'solid-js';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { saveProfile } from '../../shell/installation.ts';
import { useOffline } from '../../shell/offline-context.ts';
import { Section } from '../../ui/Screen.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';
import { PictureField } from './picture/PictureField.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { profileOf } from './profile-edits.ts';
import { settingTrouble } from './setting-trouble.ts';

/** What a person says of themselves (P1). */
export function ProfileSection(): JSX.Element {
  const house = useHouse();
  const { offline } = useOffline();
  return (
    <Show
      when={house.people().get(house.account)}
      fallback={
        <Show when={offline()}>
          <p class="settings-hint">{texts().settings.needsNetwork}</p>
        </Show>
      }
    >
      {(person) => (
        <>
          <Section title={texts().picture.label}>
            <PictureField person={person()} account={house.account} />
          </Section>
          <Section title={texts().settings.details}>
            <ProfileForm person={person()} />
          </Section>
          <Visibility person={person()} />
        </>
      )}
    </Show>
  );
}

/** Saved at once; it says how it is, so without network it stays as it was. */
function Visibility(props: { readonly person: Person }): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string>();
  const change = async (visible: boolean): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    const answer = await saveProfile({ ...profileOf(props.person), visible });
    setBusy(false);
    if (answer.kind !== 'ok') setTrouble(settingTrouble(answer));
  };
  return (
    <Section title={texts().settings.findable}>
      <Switch
        label={texts().settings.visible}
        hint={texts().settings.visibleHint}
        checked={props.person.visible}
        disabled={busy()}
        onChange={(visible) => void change(visible)}
      />
      <TroubleNotice words={trouble()} />
    </Section>
  );
}
