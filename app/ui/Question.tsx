import { createUniqueId, onCleanup, onMount, type JSX } from 'solid-js';
import { Button } from './Button.tsx';
import './question.css';

interface QuestionProps {
  readonly title: string;
  readonly children: JSX.Element;
  readonly yes: string;
  readonly no: string;
  readonly onAnswer: (yes: boolean) => void;
}

/** Asks once before something that can't be taken back. Escape means no. */
export function Question(props: QuestionProps): JSX.Element {
  const id = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  // Closed, not just removed: so the focus goes back to where it was.
  onCleanup(() => dialog?.close());
  return (
    <dialog
      ref={(element) => {
        dialog = element;
      }}
      class="question"
      aria-labelledby={id}
      onCancel={() => props.onAnswer(false)}
    >
      <h2 id={id}>{props.title}</h2>
      <div class="question-words">{props.children}</div>
      <div class="question-answers">
        <Button onClick={() => props.onAnswer(false)}>{props.no}</Button>
        <Button look="danger" onClick={() => props.onAnswer(true)}>
          {props.yes}
        </Button>
      </div>
    </dialog>
  );
}
