import type { JSX } from 'solid-js';
import { later } from './Later.tsx';

const Panel = later(async () => (await import('./QuestionPanel.tsx')).QuestionPanel);

export interface QuestionProps {
  readonly title: string;
  readonly children: JSX.Element;
  readonly yes: string;
  readonly no: string;
  readonly onAnswer: (yes: boolean) => void;
}

/** Asks once before something that can't be taken back; shown while it is mounted. Escape means no. */
export function Question(props: QuestionProps): JSX.Element {
  return (
    <Panel.View title={props.title} yes={props.yes} no={props.no} onAnswer={props.onAnswer}>
      {props.children}
    </Panel.View>
  );
}
