import { Show, type JSX } from 'solid-js';
import { later } from './Later.tsx';

const Panel = later(async () => (await import('./DialogPanel.tsx')).DialogPanel);

interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  /** Name of the button that closes it. */
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: JSX.Element;
  /** What one does with it, at its foot. */
  readonly actions?: JSX.Element;
  readonly wide?: boolean;
}

/** Over everything else until it is closed; its content is made when it opens. */
export function Dialog(props: DialogProps): JSX.Element {
  return (
    <Show when={props.open}>
      <Panel.View
        title={props.title}
        closeLabel={props.closeLabel}
        onClose={props.onClose}
        actions={props.actions}
        wide={props.wide}
      >
        {props.children}
      </Panel.View>
    </Show>
  );
}
