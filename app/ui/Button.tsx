import { Show, type JSX } from 'solid-js';
import { Icon, type IconName } from './Icon.tsx';
import './button.css';

interface ButtonProps {
  readonly children: JSX.Element;
  readonly look?: 'primary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly onClick?: () => void;
}

export function Button(props: ButtonProps): JSX.Element {
  return (
    <button
      type={props.type ?? 'button'}
      class="button"
      data-look={props.look ?? 'quiet'}
      disabled={props.disabled ?? false}
      onClick={() => props.onClick?.()}
    >
      <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      {props.children}
    </button>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  /** Name and tooltip. */
  readonly label: string;
  readonly look?: 'primary' | 'plain';
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly onClick?: () => void;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  return (
    <button
      type={props.type ?? 'button'}
      class="icon-button"
      data-look={props.look ?? 'plain'}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled ?? false}
      onClick={() => props.onClick?.()}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Looks like an icon button, goes to another screen. */
export function IconLink(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly href: string;
  readonly class?: string;
}): JSX.Element {
  return (
    <a
      class={`icon-button ${props.class ?? ''}`}
      data-look="plain"
      href={props.href}
      aria-label={props.label}
      title={props.label}
    >
      <Icon name={props.icon} />
    </a>
  );
}
