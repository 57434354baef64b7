import { createUniqueId, Show, type JSX } from 'solid-js';
import './switch.css';

interface SwitchProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** On or off, at once; the whole line can be pressed. */
export function Switch(props: SwitchProps): JSX.Element {
  const id = createUniqueId();
  return (
    <label class="switch">
      <span class="switch-words">
        <span class="switch-label" id={`${id}-label`}>
          {props.label}
        </span>
        <Show when={props.hint}>
          {(hint) => (
            <span class="switch-hint" id={`${id}-hint`}>
              {hint()}
            </span>
          )}
        </Show>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-labelledby={`${id}-label`}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        checked={props.checked}
        disabled={props.disabled ?? false}
        onChange={(event) => {
          const wished = event.currentTarget.checked;
          // The page says how it is, not how it was clicked.
          event.currentTarget.checked = props.checked;
          props.onChange(wished);
        }}
      />
    </label>
  );
}
