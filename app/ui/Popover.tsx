import { createSignal, Show, type JSX } from 'solid-js';
import { later } from './Later.tsx';

const Panel = later(async () => (await import('./PopoverPanel.tsx')).PopoverPanel);

export type Placement = 'top-start' | 'top-end' | 'bottom-start' | 'bottom-end';

interface PopoverProps {
  readonly label: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The button; it opens and closes by `onOpenChange`. */
  readonly trigger: JSX.Element;
  readonly placement?: Placement;
  /** Take the focus where it belongs, and call `preventDefault`. */
  readonly onOpenAutoFocus?: (event: Event) => void;
  readonly onCloseAutoFocus?: (event: Event) => void;
  readonly children: JSX.Element;
}

/** A small surface beside its button; what is around it can still be used. Its content is made when it opens. */
export function Popover(props: PopoverProps): JSX.Element {
  const [place, setPlace] = createSignal<HTMLElement>();
  return (
    <>
      <span class="popover-trigger" ref={setPlace}>
        {props.trigger}
      </span>
      <Show when={props.open && place()} keyed>
        {(at) => (
          <Panel.View
            label={props.label}
            at={at}
            placement={props.placement ?? 'top-end'}
            onClose={() => props.onOpenChange(false)}
            onOpenAutoFocus={(event) => props.onOpenAutoFocus?.(event)}
            onCloseAutoFocus={(event) => props.onCloseAutoFocus?.(event)}
          >
            {props.children}
          </Panel.View>
        )}
      </Show>
    </>
  );
}
