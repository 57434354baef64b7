import { Show, type JSX } from 'solid-js';
import { Icon, type IconName } from './Icon.tsx';
import './button.css';

interface ButtonProps {
  readonly children: JSX.Element;
  readonly look?: 'primary' | 'quiet' | 'plain' | 'danger';
  readonly icon?: IconName;
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly onClick?: () => void;
  readonly ref?: (element: HTMLButtonElement) => void;
}

export function Button(props: ButtonProps): JSX.Element {
  return (
    <button
      ref={(element) => props.ref?.(element)}
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

/** Looks like a button, goes to another screen. */
export function ButtonLink(props: { readonly href: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <a class="button" data-look="quiet" href={props.href}>
      {props.children}
    </a>
  );
}

interface IconProps {
  readonly icon: IconName;
  /** Name and tooltip. */
  readonly label: string;
  /** As people read it, such as "Ctrl+K"; also in the tooltip. */
  readonly shortcut?: string | undefined;
  readonly class?: string;
}

const tooltipOf = (label: string, shortcut: string | undefined): string =>
  shortcut === undefined ? label : `${label} · ${shortcut}`;

/** ARIA wants "Control+K" and "Escape". */
const keysOf = (shortcut: string | undefined): string | undefined =>
  shortcut
    ?.replace(/\b(?:Ctrl|Strg)\b/, 'Control')
    .replace(/\bEsc\b/, 'Escape')
    .replace('⌘', 'Meta+');

interface IconButtonProps extends IconProps {
  readonly look?: 'primary' | 'plain';
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  /** For a button that stays in: pressed or not. */
  readonly pressed?: boolean;
  /** For a button that opens something: what, and whether it is open. */
  readonly opens?: 'menu' | 'dialog';
  readonly expanded?: boolean;
  readonly onClick?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly ref?: (element: HTMLButtonElement) => void;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  return (
    <button
      ref={(element) => props.ref?.(element)}
      type={props.type ?? 'button'}
      class={`icon-button ${props.class ?? ''}`}
      data-look={props.look ?? 'plain'}
      aria-label={props.label}
      data-tooltip={tooltipOf(props.label, props.shortcut)}
      aria-keyshortcuts={keysOf(props.shortcut)}
      aria-pressed={props.pressed}
      aria-haspopup={props.opens}
      aria-expanded={props.opens === undefined ? undefined : (props.expanded ?? false)}
      disabled={props.disabled ?? false}
      onClick={() => props.onClick?.()}
      onKeyDown={(event) => props.onKeyDown?.(event)}
    >
      <Icon name={props.icon} />
    </button>
  );
}

/** Looks like an icon button, goes to another screen. */
export function IconLink(props: IconProps & { readonly href: string; readonly current?: boolean }): JSX.Element {
  return (
    <a
      class={`icon-button ${props.class ?? ''}`}
      data-look="plain"
      href={props.href}
      aria-label={props.label}
      data-tooltip={tooltipOf(props.label, props.shortcut)}
      aria-keyshortcuts={keysOf(props.shortcut)}
      aria-current={props.current === true ? 'page' : undefined}
    >
      <Icon name={props.icon} />
    </a>
  );
}
