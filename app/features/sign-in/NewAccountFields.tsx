import type { JSX } from 'solid-js';
import type { SetStoreFunction } from 'solid-js/store';
import type { AcceptInvitation } from '../../../crdt/model/protocol/http.ts';
import { texts } from '../../i18n/language.ts';
import { Field } from '../../ui/Field.tsx';
import { PasswordField } from './PasswordField.tsx';

export type NewAccount = AcceptInvitation;
export const EMPTY_ACCOUNT: NewAccount = { first: '', last: '', email: '', password: '' };

/** What set-up and invitation both ask of a new person. */
export function NewAccountFields(props: {
  readonly account: NewAccount;
  readonly onChange: SetStoreFunction<NewAccount>;
}): JSX.Element {
  return (
    <>
      <div class="door-pair">
        <Field
          label={texts().person.first}
          name="given-name"
          autocomplete="given-name"
          required
          maxLength={100}
          value={props.account.first}
          onInput={(first) => props.onChange({ first })}
        />
        <Field
          label={texts().person.last}
          name="family-name"
          autocomplete="family-name"
          required
          maxLength={100}
          value={props.account.last}
          onInput={(last) => props.onChange({ last })}
        />
      </div>
      <Field
        label={texts().signIn.email}
        name="email"
        type="email"
        autocomplete="username"
        required
        maxLength={254}
        value={props.account.email}
        onInput={(email) => props.onChange({ email })}
      />
      <PasswordField
        label={texts().person.newPassword}
        hint={texts().person.newPasswordHint}
        autocomplete="new-password"
        minLength={8}
        maxLength={128}
        value={props.account.password}
        onInput={(password) => props.onChange({ password })}
      />
    </>
  );
}
