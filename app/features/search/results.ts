/**
 * What is found, as signals: first the messages in which the phrase begins a word, then those that have it inside of words. What is
 * shown stays until there is something else to show, and is asked for anew when it may have changed.
 */
import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';
import { parsePhrase, type MatchKind, type Phrase } from '../../../crdt/model/search/phrase.ts';
import type { SearchScope } from '../../../crdt/model/search/text-block.ts';
import type { FoundMessage, SearchAnswer, SearchCoverage } from '../../../crdt/replica/search/search-contract.ts';
import { calmed } from '../../reactive/gather.ts';
import { nextTurn } from '../../reactive/in-turns.ts';
import type { MessageSearch } from '../../reactive/message-search.ts';

/** So many come at first, more than a screen shows, and so many more when one gets to their end. */
const STEP = 24;
/** Nobody reads more; who still looks narrows the search. */
export const MOST_SHOWN = 1_000;
/** What changes while one reads is seen so often at most. */
const AGAIN_MS = 1_000;
/** Searched messages, as against those at the last question: so many more don't come by people's writing. */
const MUCH_MORE = 1.02;
/** Most answers are here by then; only a later one is said to be waited for. */
const PATIENCE_MS = 300;

export interface Question {
  readonly typed: string;
  readonly scope: SearchScope;
}

export interface Group {
  readonly messages: readonly FoundMessage[];
  /** There may be more than these. */
  readonly more: boolean;
}

export interface Shown {
  /** What was asked: not what is asked now, as long as that has no answer. */
  readonly question: Question;
  readonly phrase: Phrase;
  readonly starts: Group;
  /** Undefined until it is known. Looked for when all others are there, below which it stands. */
  readonly inside: Group | undefined;
  readonly coverage: SearchCoverage;
}

export interface Results {
  /** Undefined before the first answer, and soon after nothing is asked for any more. */
  readonly shown: Accessor<Shown | undefined>;
  /** One waits for longer than usual. */
  readonly isLate: Accessor<boolean>;
  /** Asks for more of the group that has been looked through. */
  more(): void;
}

export function createResults(search: MessageSearch, question: Accessor<Question>): Results {
  const [shown, setShown] = createSignal<Shown>();
  const [isWaiting, setWaiting] = createSignal(false);
  const [isLate, setLate] = createSignal(false);
  const limits: Record<MatchKind, number> = { 'word-start': STEP, inside: STEP };
  let asking: AbortController | undefined;
  /** How many messages were searched when it was asked last. */
  let searched = 0;
  let isBusy = false;
  let again = false;
  onCleanup(() => asking?.abort());

  createEffect(() => {
    setLate(false);
    if (!isWaiting()) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    onCleanup(() => clearTimeout(timer));
  });

  async function answer(asked: Question, phrase: Phrase, signal: AbortSignal): Promise<void> {
    const ask = (kind: MatchKind): Promise<SearchAnswer | undefined> =>
      search.ask(asked.typed, { kind, scope: asked.scope, limit: limits[kind] }, signal);
    searched = untrack(search.state)?.messages ?? 0;
    const starts = await ask('word-start');
    if (starts === undefined || signal.aborted) return;
    const before = shown();
    const { coverage } = starts;
    const isLast = !starts.more || starts.messages.length >= MOST_SHOWN;
    // Until it is known anew, what was inside of words stays in place.
    const kept = isLast && before?.question === asked ? before.inside : undefined;
    batch(() => {
      setShown({ question: asked, phrase, starts: groupOf(starts, before?.starts), inside: kept, coverage });
      setWaiting(!isLast ? false : kept === undefined);
    });
    if (!isLast) return;
    const inside = await ask('inside');
    if (inside === undefined || signal.aborted) return;
    batch(() => {
      setShown((now) => now && { ...now, inside: groupOf(inside, now.inside), coverage: inside.coverage });
      setWaiting(false);
    });
  }

  async function run(signal: AbortSignal): Promise<void> {
    const asked = untrack(question);
    const phrase = parsePhrase(asked.typed);
    if (phrase === undefined) return;
    isBusy = true;
    do {
      again = false;
      await answer(asked, phrase, signal);
    } while (again && !signal.aborted);
    if (!signal.aborted) isBusy = false;
  }

  function askAnew(): void {
    asking?.abort();
    asking = new AbortController();
    isBusy = false;
    void run(asking.signal);
  }

  /** In a turn of its own: taking many rows out of the page is work, for which the key that emptied the field need not wait. */
  async function dropShown(signal: AbortSignal | undefined): Promise<void> {
    await nextTurn();
    if (signal?.aborted === false) setShown(undefined);
  }

  createEffect(
    on(question, ({ typed }) => {
      limits['word-start'] = STEP;
      limits.inside = STEP;
      const isPhrase = parsePhrase(typed) !== undefined;
      batch(() => {
        setWaiting(false);
        setWaiting(isPhrase);
      });
      askAnew();
      if (!isPhrase) void dropShown(asking?.signal);
    }),
  );
  const mayDiffer = (): void => {
    // What has not been answered yet is asked again afterwards: else, while much is read, nobody would get an answer.
    if (isBusy) again = true;
    else askAnew();
  };
  createEffect(on(calmed(search.state, AGAIN_MS), mayDiffer, { defer: true }));
  // Where nothing is shown there is nothing to keep calm; and after a start, what is shown is not yet what there is.
  createEffect(
    on(
      search.state,
      (state) => {
        const isMuchMore = (state?.messages ?? 0) > MUCH_MORE * searched;
        if (isMuchMore || countOf(untrack(shown)) === 0) mayDiffer();
      },
      { defer: true },
    ),
  );

  return {
    shown,
    isLate,
    more() {
      const now = untrack(shown);
      if (now === undefined || now.question !== untrack(question) || isBusy) return;
      const kind: MatchKind = now.inside === undefined ? 'word-start' : 'inside';
      const group = now.inside ?? now.starts;
      if (!group.more || limits[kind] >= MOST_SHOWN) return;
      limits[kind] = Math.min(MOST_SHOWN, limits[kind] + STEP);
      askAnew();
    },
  };
}

const countOf = (shown: Shown | undefined): number =>
  (shown?.starts.messages.length ?? 0) + (shown?.inside?.messages.length ?? 0);

/** What has not changed is the same message as before, and need not be drawn again. */
function groupOf({ messages, more }: SearchAnswer, before: Group | undefined): Group {
  const known = new Map(before?.messages.map((message) => [message.id, message]));
  const same = (message: FoundMessage): FoundMessage => {
    const one = known.get(message.id);
    return one?.text === message.text &&
      one.chat === message.chat &&
      one.timeMs === message.timeMs &&
      one.page === message.page
      ? one
      : message;
  };
  return { messages: messages.map(same), more };
}

/** The same question as long as it asks for the same. */
export const createQuestion = (question: Accessor<Question>): Accessor<Question> =>
  createMemo(question, undefined, { equals: (one, other) => JSON.stringify(one) === JSON.stringify(other) });
