import { createEffect, createSignal, Show, type JSX } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import { texts } from '../../i18n/language.ts';
import { saveProfile } from '../../shell/installation.ts';
import { keepForm } from '../../shell/kept-forms.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TroubleNotice } from '../../ui/TroubleNotice.tsx';
import {
  isEdited,
  isLink,
  NO_EDITS,
  PROFILE_FIELDS,
  profileOf,
  storedValue,
  type ProfileField,
} from './profile-edits.ts';
import { settingTrouble } from './setting-trouble.ts';
import './profile-form.css';

type Said = { readonly kind: 'saved' } | { readonly kind: 'trouble'; readonly words: string };

/** Names, place and link. What is typed stays until it is saved or discarded, whatever comes in meanwhile. */
export function ProfileForm(props: { readonly person: Person }): JSX.Element {
  const [edits, setEdits] = createStore({ ...NO_EDITS });
  const [busy, setBusy] = createSignal(false);
  const [said, setSaid] = createSignal<Said>();
  const value = (field: ProfileField): string => edits[field] ?? storedValue(props.person, field);
  const edited = (): boolean => isEdited(props.person, edits);
  const linkIsWrong = (): boolean => !isLink(value('link'));
  const type =
    (field: ProfileField) =>
    (text: string): void => {
      setSaid(undefined);
      setEdits(field, text);
    };
  // What has arrived as stored is no longer an edit, so that later changes from elsewhere are seen.
  createEffect(() => {
    for (const field of PROFILE_FIELDS)
      if (edits[field] === storedValue(props.person, field)) setEdits(field, undefined);
  });
  const save = async (): Promise<void> => {
    if (busy() || linkIsWrong()) return;
    setBusy(true);
    const answer = await saveProfile(profileOf(props.person, edits));
    setBusy(false);
    if (answer.kind === 'ok') return void setSaid({ kind: 'saved' });
    setSaid({ kind: 'trouble', words: `${settingTrouble(answer)} ${texts().settings.typedStays}` });
  };
  return (
    <form
      class="profile-form"
      ref={keepForm('profile')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={texts().person.salutation}
        name="honorific-prefix"
        autocomplete="honorific-prefix"
        maxLength={200}
        value={value('salutation')}
        onInput={type('salutation')}
      />
      <Field
        label={texts().person.first}
        name="given-name"
        autocomplete="given-name"
        required
        maxLength={100}
        value={value('first')}
        onInput={type('first')}
      />
      <Field
        label={texts().person.last}
        name="family-name"
        autocomplete="family-name"
        required
        maxLength={100}
        value={value('last')}
        onInput={type('last')}
      />
      <Field
        label={texts().person.city}
        name="city"
        autocomplete="address-level2"
        maxLength={200}
        value={value('city')}
        onInput={type('city')}
      />
      <Field
        label={texts().person.link}
        hint={texts().person.linkHint}
        error={linkIsWrong() ? texts().settings.linkWrong : undefined}
        name="link"
        type="url"
        maxLength={500}
        value={value('link')}
        onInput={type('link')}
      />
      <Words said={said()} />
      <div class="settings-actions profile-save">
        <Button type="submit" look="primary" disabled={busy() || !edited() || linkIsWrong()}>
          {busy() ? texts().settings.profileSaving : texts().settings.profileSave}
        </Button>
        <Show when={edited() && !busy()}>
          <Button
            look="plain"
            onClick={() => {
              setSaid(undefined);
              setEdits({ ...NO_EDITS });
            }}
          >
            {texts().settings.profileDiscard}
          </Button>
        </Show>
      </div>
    </form>
  );
}

function Words(props: { readonly said: Said | undefined }): JSX.Element {
  const trouble = () => (props.said?.kind === 'trouble' ? props.said.words : undefined);
  return (
    <>
      <p role="status" class="settings-said">
        {props.said?.kind === 'saved' ? texts().settings.profileSaved : ''}
      </p>
      <TroubleNotice words={trouble()} />
    </>
  );
}
