import { CloseButton, Description, List, Region, Root, Title, toaster } from '@kobalte/core/toast';
import { createEffect, Show, type JSX } from 'solid-js';
import { Portal } from 'solid-js/web';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import type { ToastCard } from './Toasts.tsx';
import './overlay.css';

/** Time to read two lines and reach the button; it stands still under the mouse and the focus. */
const SHOWN_MS = 6000;
const AT_ONCE = 3;

interface ToastPanelProps {
  readonly label: string;
  readonly closeLabel: string;
  readonly newest: ToastCard | undefined;
}

export function ToastPanel(props: ToastPanelProps): JSX.Element {
  const shown = new Map<string, number>();
  createEffect(() => {
    const toast = props.newest;
    if (toast === undefined) return;
    const earlier = toast.key === undefined ? undefined : shown.get(toast.key);
    if (earlier !== undefined) toaster.dismiss(earlier);
    const id = toaster.show((given) => <Card toast={toast} toastId={given.toastId} closeLabel={props.closeLabel} />);
    if (toast.key !== undefined) shown.set(toast.key, id);
  });
  return (
    <Portal>
      <Region aria-label={props.label} duration={SHOWN_MS} limit={AT_ONCE} swipeDirection="right">
        <List as="div" class="toasts" />
      </Region>
    </Portal>
  );
}

interface CardProps {
  readonly toast: ToastCard;
  readonly toastId: number;
  readonly closeLabel: string;
}

function Card(props: CardProps): JSX.Element {
  return (
    <Root as="div" class="toast" toastId={props.toastId} priority="low" data-kind={props.toast.kind ?? 'plain'}>
      <Show when={props.toast.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <div class="toast-words">
        <Title class="toast-title">{props.toast.title}</Title>
        <Show when={props.toast.text}>{(text) => <Description class="toast-text">{text()}</Description>}</Show>
      </div>
      <Show when={props.toast.actionLabel}>
        {(label) => (
          <Button
            look="plain"
            onClick={() => {
              toaster.dismiss(props.toastId);
              props.toast.onAction?.();
            }}
          >
            {label()}
          </Button>
        )}
      </Show>
      <CloseButton class="icon-button" aria-label={props.closeLabel}>
        <Icon name="close" />
      </CloseButton>
    </Root>
  );
}
