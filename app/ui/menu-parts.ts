import { createContext, type JSX } from 'solid-js';
import type { IconName } from './Icon.tsx';

export interface MenuItemProps {
  readonly icon?: IconName;
  readonly children: JSX.Element;
  /** As people read it; shown at the end of the line. */
  readonly shortcut?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** For a choice that is on or off. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

interface MenuParts {
  readonly Item: (props: MenuItemProps) => JSX.Element;
  readonly Separator: () => JSX.Element;
}

/** How an open menu draws its items: a page that shows no menu has not loaded it. */
export const MenuPartsContext = createContext<MenuParts>();
