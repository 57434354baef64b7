import { Content, Portal, Root } from '@kobalte/core/popover';
import type { JSX } from 'solid-js';
import { comeBack, placeToComeBackTo } from './focus-back.ts';
import type { Placement } from './Popover.tsx';
import './overlay.css';

interface PopoverPanelProps {
  readonly label: string;
  readonly at: HTMLElement;
  readonly placement: Placement;
  readonly onClose: () => void;
  readonly onOpenAutoFocus: (event: Event) => void;
  readonly onCloseAutoFocus: (event: Event) => void;
  readonly children: JSX.Element;
}

export function PopoverPanel(props: PopoverPanelProps): JSX.Element {
  const from = placeToComeBackTo();
  return (
    <Root
      open
      onOpenChange={(open) => !open && props.onClose()}
      getAnchorRect={() => props.at.getBoundingClientRect()}
      placement={props.placement}
      gutter={8}
    >
      <Portal>
        <Content
          class="popover"
          aria-label={props.label}
          onOpenAutoFocus={(event) => props.onOpenAutoFocus(event)}
          onCloseAutoFocus={(event) => {
            props.onCloseAutoFocus(event);
            comeBack(event, from);
          }}
          onInteractOutside={(event) => {
            // The button closes it itself; closed already, it would open it again.
            if (event.target instanceof Node && props.at.contains(event.target)) event.preventDefault();
          }}
        >
          {props.children}
        </Content>
      </Portal>
    </Root>
  );
}
