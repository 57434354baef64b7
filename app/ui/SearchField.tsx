import { Show, type JSX } from 'solid-js';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import './search-field.css';

interface SearchFieldProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly clearLabel: string;
  readonly placeholder?: string;
  /** As people read it, such as "Ctrl+K"; shown while it is empty. */
  readonly shortcut?: string | undefined;
  /** Where arrows walk through what is found, while the focus stays here. */
  readonly results?: { readonly id: string; readonly open: boolean; readonly active: string | undefined };
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onFocus?: () => void;
  readonly ref?: (element: HTMLInputElement) => void;
}

export function SearchField(props: SearchFieldProps): JSX.Element {
  let input: HTMLInputElement | undefined;
  return (
    <div class="search-field">
      <Icon name="search" />
      <input
        ref={(element) => {
          input = element;
          props.ref?.(element);
        }}
        id={props.id}
        type="search"
        role={props.results === undefined ? undefined : 'combobox'}
        aria-label={props.label}
        aria-expanded={props.results?.open}
        aria-controls={props.results?.open === true ? props.results.id : undefined}
        aria-activedescendant={props.results?.active}
        aria-autocomplete={props.results === undefined ? undefined : 'list'}
        dir="auto"
        autocomplete="off"
        autocapitalize="none"
        autocorrect="off"
        spellcheck={false}
        enterkeyhint="search"
        placeholder={props.placeholder ?? props.label}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={(event) => props.onKeyDown?.(event)}
        onFocus={() => props.onFocus?.()}
      />
      <Show when={props.value !== ''} fallback={<Show when={props.shortcut}>{(keys) => <kbd>{keys()}</kbd>}</Show>}>
        <IconButton
          icon="close"
          label={props.clearLabel}
          onClick={() => {
            props.onInput('');
            input?.focus();
          }}
        />
      </Show>
    </div>
  );
}
