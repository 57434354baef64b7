import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from 'solid-js';
import { parsePhrase } from '../../../crdt/model/search/phrase.ts';
import type { HistoryView } from '../../../crdt/replica/contract.ts';
import type { SearchCoverage, SearchState } from '../../../crdt/replica/search/search-contract.ts';
import { dateFormat } from '../../i18n/date-format.ts';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { Question, Results } from './results.ts';

const day = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' });
/** A worker that has not begun by then may never do: its code can't be had now. */
const DELAY_MS = 8_000;

interface ScopeLineProps {
  readonly results: Results;
  readonly state: SearchState | undefined;
  readonly question: Question;
}

/** What was searched, honestly (S4): below what is found, so that it moves nothing. */
export function ScopeLine(props: ScopeLineProps): JSX.Element {
  const house = useHouse();
  const [isDelayed, setDelayed] = createSignal(false);
  createEffect(
    on(
      () => props.state === undefined,
      (isUnknown) => {
        setDelayed(false);
        if (!isUnknown) return;
        const timer = setTimeout(() => setDelayed(true), DELAY_MS);
        onCleanup(() => clearTimeout(timer));
      },
    ),
  );
  const isBlank = (): boolean => parsePhrase(props.question.typed) === undefined;
  /** Of the chat that was asked for, or of all. */
  const coverage = createMemo((): SearchCoverage | undefined => {
    const shown = isBlank() ? undefined : props.results.shown();
    if (shown !== undefined) return shown.coverage;
    return props.question.scope.chat === undefined ? props.state : undefined;
  });
  const searched = (): string => {
    const { state } = props;
    if (state === undefined || !state.known) return isDelayed() ? texts().search.delayed : texts().search.preparing;
    if (props.results.isLate()) return texts().search.searching;
    const told = coverage();
    if (told === undefined) return '';
    const { messages, sinceMs } = told;
    const words = texts().search.searched(messages);
    return sinceMs === undefined || messages === 0 ? words : `${words} ${texts().search.since(day().format(sinceMs))}`;
  };
  const lacks = (): string | undefined => {
    const { toRead = 0, missing = 0 } = coverage() ?? {};
    if (toRead > 0) return texts().search.reading(toRead);
    if (missing === 0) return undefined;
    const history = left();
    return history === undefined
      ? texts().search.missing
      : texts().search.history[history.kind](history.left, history.total);
  };
  /** Of all chats: what is fetched is not chosen by chat. */
  const left = (): Extract<HistoryView, { left: number }> | undefined => {
    const history = house.history();
    return 'left' in history && (coverage()?.missing ?? 0) > 0 ? history : undefined;
  };
  const isPaused = createMemo(() => left()?.kind === 'paused');
  const problem = (): string | undefined => {
    switch (props.state?.problem.kind) {
      case 'full':
        return texts().search.storageFull;
      case 'failed':
        return texts().search.storageFailed;
      case 'ok':
      case undefined:
        return undefined;
    }
  };
  return (
    <div class="search-scope">
      <Show when={problem()}>
        {(words) => (
          <Notice kind="warning" icon="failed">
            {words()}
          </Notice>
        )}
      </Show>
      <p>{searched()}</p>
      <Show when={lacks()}>{(words) => <p class="search-lacks">{words()}</p>}</Show>
      <Show when={left()}>
        <Button look="plain" onClick={() => void house.pauseHistory(!isPaused())}>
          {isPaused() ? texts().search.continueHistory : texts().search.pauseHistory}
        </Button>
      </Show>
    </div>
  );
}
