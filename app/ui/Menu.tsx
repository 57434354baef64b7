import { createSignal, Show, useContext, type JSX } from 'solid-js';
import { IconButton } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import { later } from './Later.tsx';
import { MenuPartsContext, type MenuItemProps } from './menu-parts.ts';

const Panel = later(async () => (await import('./MenuPanel.tsx')).MenuPanel);

/** What a menu opens at: an element, or a point such as that of the mouse. */
export type Anchor = Element | { readonly x: number; readonly y: number };

interface MenuProps {
  readonly label: string;
  readonly icon: IconName;
  readonly shortcut?: string;
  readonly class?: string;
  /** Where somebody else opens it too. */
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: JSX.Element;
}

/** A button that opens a menu. */
export function Menu(props: MenuProps): JSX.Element {
  const [button, setButton] = createSignal<HTMLButtonElement>();
  const [ownOpen, setOwnOpen] = createSignal(false);
  const open = (): boolean => props.open ?? ownOpen();
  const change = (next: boolean): void => {
    setOwnOpen(next);
    props.onOpenChange?.(next);
  };
  return (
    <>
      <IconButton
        ref={setButton}
        icon={props.icon}
        label={props.label}
        shortcut={props.shortcut}
        class={props.class ?? ''}
        opens="menu"
        expanded={open()}
        onClick={() => change(!open())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          change(true);
        }}
      />
      <MenuAt label={props.label} at={open() ? button() : undefined} onClose={() => change(false)}>
        {props.children}
      </MenuAt>
    </>
  );
}

interface MenuAtProps {
  readonly label: string;
  /** Open at this place; closed without one. */
  readonly at: Anchor | undefined;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

/** A menu without a button of its own: for a list, one menu at whichever row asks for it. */
export function MenuAt(props: MenuAtProps): JSX.Element {
  return (
    <Show when={props.at} keyed>
      {(at) => (
        <Panel.View label={props.label} at={at} onClose={props.onClose}>
          {props.children}
        </Panel.View>
      )}
    </Show>
  );
}

export function MenuItem(props: MenuItemProps): JSX.Element {
  return useContext(MenuPartsContext)?.Item(props);
}

export function MenuSeparator(): JSX.Element {
  return useContext(MenuPartsContext)?.Separator();
}
