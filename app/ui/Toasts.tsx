import { createSignal, Show, type JSX } from 'solid-js';
import type { IconName } from './Icon.tsx';
import { later } from './Later.tsx';

export interface Toast {
  /** A newer one with the same key takes the place of the older. */
  readonly key?: string;
  readonly title: string;
  readonly text?: string;
  readonly icon?: IconName;
  readonly kind?: 'plain' | 'warning' | 'danger';
  readonly actionLabel?: string;
  readonly onAction?: () => void;
}

export interface ToastCard extends Toast {
  readonly number: number;
}

const [newest, setNewest] = createSignal<ToastCard>();
let count = 0;

/** Says briefly what was done, and offers the way back. Never for what must be read: it goes by itself. */
export function showToast(toast: Toast): void {
  count += 1;
  setNewest({ ...toast, number: count });
}

const Panel = later(async () => (await import('./ToastPanel.tsx')).ToastPanel);

interface ToastRegionProps {
  readonly label: string;
  readonly closeLabel: string;
}

/** Where toasts appear. Mount it once. */
export function ToastRegion(props: ToastRegionProps): JSX.Element {
  return (
    <Show when={newest() !== undefined}>
      <Panel.View label={props.label} closeLabel={props.closeLabel} newest={newest()} />
    </Show>
  );
}
