import { createSignal, createUniqueId, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { IconButton } from '../../ui/Button.tsx';
import './password-field.css';

interface PasswordFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly value: string;
  readonly onInput: (password: string) => void;
}

/** A password that one can look at while typing: on a phone, with a long one, that saves the third attempt. */
export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const id = createUniqueId();
  const [shown, setShown] = createSignal(false);
  return (
    <div class="field password-field">
      <label for={id}>{props.label}</label>
      <div class="password-line">
        {/* Never corrected or looked up while it is shown: that would send it elsewhere. */}
        <input
          id={id}
          name="password"
          type={shown() ? 'text' : 'password'}
          value={props.value}
          autocomplete={props.autocomplete}
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
          required
          minLength={props.minLength ?? -1}
          maxLength={props.maxLength ?? -1}
          aria-describedby={props.hint === undefined ? undefined : `${id}-more`}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <IconButton
          icon={shown() ? 'hide' : 'show'}
          label={shown() ? texts().signIn.hidePassword : texts().signIn.showPassword}
          onClick={() => setShown(!shown())}
        />
      </div>
      <Show when={props.hint}>{(hint) => <p id={`${id}-more`}>{hint()}</p>}</Show>
    </div>
  );
}
