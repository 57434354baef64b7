import { createSignal, type Accessor } from 'solid-js';
import type { Answer } from '../../shell/installation.ts';

export type Trouble = Exclude<Answer<unknown>, { readonly kind: 'ok' }>;

export interface Submission {
  readonly busy: Accessor<boolean>;
  readonly trouble: Accessor<string | undefined>;
  readonly submit: (event: SubmitEvent) => void;
}

/** A form's one command: sent once at a time; what goes wrong is said in words and nothing typed is lost. */
export function createSubmission(
  command: () => Promise<Answer<unknown>>,
  wordsFor: (trouble: Trouble) => string,
): Submission {
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string>();
  const run = async (): Promise<void> => {
    setBusy(true);
    setTrouble(undefined);
    const answer = await command();
    setBusy(false);
    if (answer.kind !== 'ok') setTrouble(wordsFor(answer));
  };
  return {
    busy,
    trouble,
    submit(event) {
      event.preventDefault();
      if (!busy()) void run();
    },
  };
}
