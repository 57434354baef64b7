import { createUniqueId, For, Show, type JSX } from 'solid-js';
import './field.css';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly name: string;
  readonly type?: 'text' | 'email' | 'password' | 'url';
  readonly autocomplete?: JSX.HTMLAutocomplete;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly ref?: (element: HTMLInputElement) => void;
}

/** A labelled input; hint and error are read with it. */
export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        ref={(element) => props.ref?.(element)}
        name={props.name}
        type={props.type ?? 'text'}
        value={props.value}
        autocomplete={props.autocomplete ?? 'off'}
        autocapitalize={props.type === 'email' || props.type === 'password' ? 'none' : 'sentences'}
        required={props.required ?? false}
        readOnly={props.readonly ?? false}
        minLength={props.minLength ?? -1}
        maxLength={props.maxLength ?? -1}
        aria-invalid={props.error === undefined ? undefined : 'true'}
        aria-describedby={props.hint === undefined && props.error === undefined ? undefined : `${id}-more`}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <Show when={props.error ?? props.hint}>
        {(more) => (
          <p id={`${id}-more`} classList={{ 'field-error': props.error !== undefined }}>
            {more()}
          </p>
        )}
      </Show>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChoose: (value: T) => void;
}

/** One of a few, all visible at once. */
export function Choice<T extends string>(props: ChoiceProps<T>): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class="choice">
      <legend>{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label>
            <input
              type="radio"
              name={name}
              checked={props.value === option.value}
              onChange={() => props.onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
