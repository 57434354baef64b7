import { Show, type JSX } from 'solid-js';
import { Icon, type IconName } from './Icon.tsx';
import './chip.css';

interface ChipProps {
  readonly icon?: IconName;
  readonly children: JSX.Element;
}

/** A short fact beside others; quiet. */
export function Chip(props: ChipProps): JSX.Element {
  return (
    <span class="chip">
      <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <span class="chip-words" dir="auto">
        {props.children}
      </span>
    </span>
  );
}
