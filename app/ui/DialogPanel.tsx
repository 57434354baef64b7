import { Content, Overlay, Portal, Root, Title } from '@kobalte/core/dialog';
import { Show, type JSX } from 'solid-js';
import { IconButton } from './Button.tsx';
import { comeBack, placeToComeBackTo } from './focus-back.ts';
import './overlay.css';

interface DialogPanelProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: JSX.Element;
  readonly actions: JSX.Element;
  readonly wide: boolean | undefined;
}

export function DialogPanel(props: DialogPanelProps): JSX.Element {
  const from = placeToComeBackTo();
  let content: HTMLElement | undefined;
  return (
    <Root open onOpenChange={(open) => !open && props.onClose()}>
      <Portal>
        <Overlay class="overlay-scrim" />
        <div class="dialog-place">
          <Content
            class="dialog"
            ref={(element) => {
              content = element;
            }}
            onOpenAutoFocus={(event) => {
              // What one came for, where the dialog says so; else its first button.
              const wanted = content?.querySelector<HTMLElement>('[autofocus]');
              if (wanted === null || wanted === undefined) return;
              event.preventDefault();
              wanted.focus();
            }}
            data-wide={props.wide === true ? '' : undefined}
            onCloseAutoFocus={(event) => comeBack(event, from)}
          >
            <header class="dialog-head">
              <Title class="dialog-title">{props.title}</Title>
              <IconButton icon="close" label={props.closeLabel} onClick={() => props.onClose()} />
            </header>
            <div class="dialog-body">{props.children}</div>
            <Show when={props.actions}>{(actions) => <footer class="dialog-actions">{actions()}</footer>}</Show>
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
