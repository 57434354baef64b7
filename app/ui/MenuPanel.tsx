import { CheckboxItem, Content, Item, ItemIndicator, Portal, Root, Separator } from '@kobalte/core/dropdown-menu';
import { Show, type JSX } from 'solid-js';
import { comeBack, placeMenuCameFrom } from './focus-back.ts';
import { Icon } from './Icon.tsx';
import type { Anchor } from './Menu.tsx';
import { MenuPartsContext, type MenuItemProps } from './menu-parts.ts';
import './overlay.css';

interface MenuPanelProps {
  readonly label: string;
  readonly at: Anchor;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

export function MenuPanel(props: MenuPanelProps): JSX.Element {
  const from = placeMenuCameFrom();
  let firstWanted = from?.matches(':focus-visible') === true;
  const rect = (): { x: number; y: number; width: number; height: number } => {
    if (props.at instanceof Element) return props.at.getBoundingClientRect();
    return { x: props.at.x, y: props.at.y, width: 0, height: 0 };
  };
  return (
    <Root
      open
      // Else Kobalte puts stops for the focus among the items, and hides a page that can still be reached.
      modal={false}
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
      getAnchorRect={rect}
      placement={props.at instanceof Element ? 'bottom-end' : 'bottom-start'}
      gutter={4}
    >
      <Portal>
        <Content
          class="menu"
          ref={endWithTouch}
          aria-label={props.label}
          onFocusIn={(event: FocusEvent & { readonly currentTarget: Element }) => {
            // Who came by keyboard stands on the first item at once; Kobalte does that for its own triggers only.
            if (!firstWanted || event.target !== event.currentTarget) return;
            firstWanted = false;
            event.currentTarget.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
          }}
          onInteractOutside={(event) => {
            // Its button closes it itself; closed already, it would open it again.
            const { at } = props;
            if (at instanceof Element && event.target instanceof Node && at.contains(event.target))
              event.preventDefault();
          }}
          onCloseAutoFocus={(event) => comeBack(event, from)}
        >
          <MenuPartsContext.Provider value={{ Item: PanelItem, Separator: PanelSeparator }}>
            {props.children}
          </MenuPartsContext.Provider>
        </Content>
      </Portal>
    </Root>
  );
}

/**
 * Lifting the finger chooses. The click that follows would come when the menu may have gone, and hit what lay beneath. Listens at the
 * element itself, which is told of the finger even then.
 */
function endWithTouch(menu: HTMLElement): void {
  menu.addEventListener('touchend', (event) => {
    if (event.cancelable) event.preventDefault();
  });
}

function PanelItem(props: MenuItemProps): JSX.Element {
  return (
    <Show
      when={props.checked !== undefined}
      fallback={
        <Item
          class="menu-item"
          data-danger={props.danger === true ? '' : undefined}
          disabled={props.disabled ?? false}
          onSelect={() => props.onSelect()}
        >
          <ItemWords item={props} />
        </Item>
      }
    >
      <CheckboxItem
        class="menu-item"
        closeOnSelect
        checked={props.checked ?? false}
        disabled={props.disabled ?? false}
        onChange={() => props.onSelect()}
      >
        <ItemWords item={props} />
        <ItemIndicator class="menu-check">
          <Icon name="check" />
        </ItemIndicator>
      </CheckboxItem>
    </Show>
  );
}

function ItemWords(props: { readonly item: MenuItemProps }): JSX.Element {
  return (
    <>
      <Show when={props.item.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <span class="menu-words">{props.item.children}</span>
      <Show when={props.item.shortcut}>{(shortcut) => <kbd>{shortcut()}</kbd>}</Show>
    </>
  );
}

function PanelSeparator(): JSX.Element {
  return <Separator class="menu-separator" />;
}
