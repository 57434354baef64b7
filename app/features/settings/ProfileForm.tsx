import { createSignal, Show, untrack, type JSX } from 'solid-js';
import { createStore } from 'solid-js/store';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import { texts } from '../../i18n/language.ts';
import { saveProfile } from '../../shell/installation.ts';
import { troubleWords } from '../../shell/trouble-words.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import './profile-form.css';

type Saved = { readonly kind: 'saved' } | { readonly kind: 'trouble'; readonly words: string };

/** What a person says of themselves (P1); the picture comes with files. Mount it anew when the person changes. */
export function ProfileForm(props: { readonly person: Person }): JSX.Element {
  const person = untrack(() => props.person);
  const [form, setForm] = createStore({
    salutation: person.salutation ?? '',
    first: person.first,
    last: person.last,
    city: person.city ?? '',
    link: person.link ?? '',
    visible: person.visible,
  });
  const [busy, setBusy] = createSignal(false);
  const [saved, setSaved] = createSignal<Saved>();
  const save = async (): Promise<void> => {
    setBusy(true);
    // An empty line takes the fact away; absence is not edited here and stays.
    const answer = await saveProfile({
      first: form.first.trim(),
      last: form.last.trim(),
      visible: form.visible,
      ...(form.salutation.trim() === '' ? {} : { salutation: form.salutation.trim() }),
      ...(form.city.trim() === '' ? {} : { city: form.city.trim() }),
      ...(form.link.trim() === '' ? {} : { link: form.link.trim() }),
      ...(person.absence === undefined ? {} : { absence: person.absence }),
    });
    setBusy(false);
    setSaved(answer.kind === 'ok' ? { kind: 'saved' } : { kind: 'trouble', words: troubleWords(answer) });
  };
  return (
    <form
      class="profile-form"
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
        value={form.salutation}
        onInput={(salutation) => setForm({ salutation })}
      />
      <Field
        label={texts().person.first}
        name="given-name"
        autocomplete="given-name"
        required
        maxLength={100}
        value={form.first}
        onInput={(first) => setForm({ first })}
      />
      <Field
        label={texts().person.last}
        name="family-name"
        autocomplete="family-name"
        required
        maxLength={100}
        value={form.last}
        onInput={(last) => setForm({ last })}
      />
      <Field
        label={texts().person.city}
        name="city"
        autocomplete="address-level2"
        maxLength={200}
        value={form.city}
        onInput={(city) => setForm({ city })}
      />
      <Field
        label={texts().person.link}
        hint={texts().person.linkHint}
        name="link"
        type="url"
        maxLength={500}
        value={form.link}
        onInput={(link) => setForm({ link })}
      />
      <Choice
        label={texts().settings.visible}
        value={form.visible ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: texts().settings.yes },
          { value: 'no', label: texts().settings.no },
        ]}
        onChoose={(choice) => setForm({ visible: choice === 'yes' })}
      />
      <SaidOf saved={saved()} />
      <div class="profile-save">
        <Button type="submit" look="primary" disabled={busy()}>
          {texts().settings.profileSave}
        </Button>
      </div>
    </form>
  );
}

function SaidOf(props: { readonly saved: Saved | undefined }): JSX.Element {
  const trouble = () => (props.saved?.kind === 'trouble' ? props.saved.words : undefined);
  return (
    <>
      <Show when={props.saved?.kind === 'saved'}>
        <p role="status">{texts().settings.profileSaved}</p>
      </Show>
      <Show when={trouble()}>
        {(words) => (
          <Notice kind="danger" icon="failed" role="alert">
            {words()}
          </Notice>
        )}
      </Show>
    </>
  );
}
