import { Content, Portal, Root } from '@kobalte/core/tooltip';
import { Show, type JSX } from 'solid-js';
import './overlay.css';

/** Beside what carries it, where there is room. */
export function TooltipPanel(props: { readonly carrier: HTMLElement }): JSX.Element {
  return (
    <Show when={props.carrier.isConnected && props.carrier.dataset['tooltip']}>
      {(words) => (
        <Root open getAnchorRect={() => props.carrier.getBoundingClientRect()} gutter={6} ignoreSafeArea>
          <Portal>
            <Content class="tooltip" aria-hidden="true">
              {words()}
            </Content>
          </Portal>
        </Root>
      )}
    </Show>
  );
}
