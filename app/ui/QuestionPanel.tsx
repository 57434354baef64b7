import { Content, Description, Overlay, Portal, Root, Title } from '@kobalte/core/alert-dialog';
import type { JSX } from 'solid-js';
import { Button } from './Button.tsx';
import { comeBack, placeToComeBackTo } from './focus-back.ts';
import type { QuestionProps } from './Question.tsx';
import './overlay.css';

/** The answer that changes nothing comes first and has the focus. */
export function QuestionPanel(props: QuestionProps): JSX.Element {
  const from = placeToComeBackTo();
  return (
    <Root open onOpenChange={(open) => !open && props.onAnswer(false)}>
      <Portal>
        <Overlay class="overlay-scrim" />
        <div class="dialog-place">
          <Content
            class="dialog"
            data-narrow=""
            onCloseAutoFocus={(event) => comeBack(event, from)}
            onPointerDownOutside={(event) => event.preventDefault()}
          >
            <header class="dialog-head">
              <Title class="dialog-title">{props.title}</Title>
            </header>
            <Description as="div" class="dialog-body">
              {props.children}
            </Description>
            <footer class="dialog-actions">
              <Button onClick={() => props.onAnswer(false)}>{props.no}</Button>
              <Button look="danger" onClick={() => props.onAnswer(true)}>
                {props.yes}
              </Button>
            </footer>
          </Content>
        </div>
      </Portal>
    </Root>
  );
}
