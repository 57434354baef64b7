import { useLocation } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { parsePhrase, type Phrase } from '../../../crdt/model/search/phrase.ts';
import type { FoundMessage as Found, SearchState } from '../../../crdt/replica/search/search-contract.ts';
import { texts } from '../../i18n/language.ts';
import { createRowsInTurns } from '../../reactive/in-turns.ts';
import { createAiming } from '../../shell/aiming.ts';
import { FoundMessage } from '../../shell/FoundMessage.tsx';
import { messageAddress } from '../../shell/message-address.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MOST_SHOWN, type Group, type Question, type Results } from './results.ts';

/** Ahead of a scrolling finger. */
const AHEAD_PX = 600;
/** A screen reader is told how many were found when one pauses, not at every letter. */
const PAUSE_MS = 500;

interface FoundListProps {
  readonly id: string;
  readonly isTabPanel: boolean;
  readonly question: Question;
  readonly results: Results;
  readonly state: SearchState | undefined;
  readonly todayMs: number;
  /** Is about to be opened in place of what is in view. */
  readonly onOpen: (message: Found, row: HTMLElement) => void;
}

/** What is found in two groups, one below the other, and what there is to say when nothing is. */
export function FoundList(props: FoundListProps): JSX.Element {
  const aiming = createAiming();
  let box: HTMLElement | undefined;
  /** To ask the browser when it matters would have it lay everything out at once. */
  let isScrolled = false;
  const phrase = createMemo(() => parsePhrase(props.question.typed));
  const isBlank = (): boolean => phrase() === undefined;
  const shown = createMemo(() => (isBlank() ? undefined : props.results.shown()));
  const count = createMemo(() => (shown()?.starts.messages.length ?? 0) + (shown()?.inside?.messages.length ?? 0));
  const hasMore = createMemo(() => shown()?.starts.more === true || shown()?.inside?.more === true);
  const isNothing = createMemo(
    () => count() === 0 && shown()?.inside !== undefined && shown()?.question === props.question,
  );
  const nothingWords = (): string => {
    const { author, fromMs, untilMs } = props.question.scope;
    const coverage = shown()?.coverage;
    if (coverage === undefined || !coverage.known || coverage.toRead + coverage.missing > 0) {
      return texts().search.nothingYet;
    }
    return (author ?? fromMs ?? untilMs) === undefined ? texts().search.nothingText : texts().search.nothingFiltered;
  };

  const [said, setSaid] = createSignal('');
  createEffect(() => {
    const words = resultWords(count(), hasMore(), isNothing());
    const timer = setTimeout(() => setSaid(words), PAUSE_MS);
    onCleanup(() => clearTimeout(timer));
  });
  // What is found for another question is read from its newest message. The same question has another answer now and then.
  createEffect(
    on(
      createMemo(() => shown()?.question),
      () => {
        if (isScrolled) box?.scrollTo(0, 0);
      },
      { defer: true },
    ),
  );

  return (
    <div
      class="search-results-box"
      id={props.id}
      role={props.isTabPanel ? 'tabpanel' : undefined}
      aria-label={props.isTabPanel ? texts().search.results : undefined}
      ref={(element) => {
        box = element;
      }}
      onScroll={() => {
        isScrolled = (box?.scrollTop ?? 0) > 0;
      }}
      onPointerMove={(event) => aiming.onPointerMove(event)}
      onPointerDown={() => aiming.onPointerDown()}
      onPointerLeave={() => aiming.onPointerLeave()}
    >
      <p class="visually-hidden" role="status">
        {said()}
      </p>
      <Show when={isBlank()}>
        <EmptyState icon="search" title={texts().search.hint} text={texts().search.hintText} />
      </Show>
      <Show when={phrase()?.isCut}>
        <p class="search-note">{texts().search.cut}</p>
      </Show>
      <Show when={isNothing()}>
        <EmptyState icon="nothing-found" title={texts().search.nothing} text={nothingWords()} />
      </Show>
      <Show when={props.results.shown()}>
        {(found) => (
          <div hidden={isBlank()}>
            <Rows
              label={texts().search.results}
              question={found().question}
              group={found().starts}
              phrase={found().phrase}
              showChat={found().question.scope.chat === undefined}
              todayMs={props.todayMs}
              isHeld={aiming.aiming()}
              box={box}
              onEnd={() => props.results.more()}
              onOpen={(message, row) => props.onOpen(message, row)}
            />
            <Show when={(found().inside?.messages.length ?? 0) > 0 && found().inside}>
              {(inside) => (
                <section aria-labelledby={`${props.id}-inside`}>
                  <h2 class="search-group" id={`${props.id}-inside`}>
                    {texts().search.inside}
                  </h2>
                  <Rows
                    label={texts().search.inside}
                    question={found().question}
                    group={inside()}
                    phrase={found().phrase}
                    showChat={found().question.scope.chat === undefined}
                    todayMs={props.todayMs}
                    isHeld={aiming.aiming()}
                    box={box}
                    onEnd={() => props.results.more()}
                    onOpen={(message, row) => props.onOpen(message, row)}
                  />
                </section>
              )}
            </Show>
          </div>
        )}
      </Show>
    </div>
  );
}

function resultWords(count: number, hasMore: boolean, isNothing: boolean): string {
  if (count > 0) return hasMore ? texts().search.countMore(count) : texts().search.count(count);
  return isNothing ? texts().search.nothing : '';
}

interface RowsProps {
  readonly label: string;
  readonly question: Question;
  readonly group: Group;
  readonly phrase: Phrase;
  readonly showChat: boolean;
  readonly todayMs: number;
  readonly isHeld: boolean;
  readonly box: HTMLElement | undefined;
  /** The last is about to come into view. */
  readonly onEnd: () => void;
  readonly onOpen: (message: Found, row: HTMLElement) => void;
}

const keyOf = ({ chat, id }: Found): string => `${chat} ${id}`;

function Rows(props: RowsProps): JSX.Element {
  const byKey = createMemo(() => new Map(props.group.messages.map((message) => [keyOf(message), message])));
  // While somebody is about to hit a row, the rows stay where they are, whatever comes in before them.
  const held = createMemo<{ readonly question: Question; readonly keys: readonly string[] } | undefined>((before) => {
    const next = [...byKey().keys()];
    const { question } = props;
    if (!props.isHeld || before?.question !== question) return { question, keys: next };
    const left = before.keys.filter((key) => byKey().has(key));
    return { question, keys: [...left, ...next.slice(next.indexOf(left.at(-1) ?? '') + 1)] };
  });
  const keys = createMemo(() => held()?.keys ?? []);
  const inPage = createRowsInTurns(keys, () => props.question);
  let end: HTMLElement | undefined;
  onMount(() => {
    if (end === undefined || props.box === undefined) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) props.onEnd();
      },
      { root: props.box, rootMargin: `${AHEAD_PX}px` },
    );
    // Told anew when there is more of it: it may still be in view.
    createEffect(() => {
      if (end === undefined || !props.group.more) return;
      keys();
      observer.unobserve(end);
      observer.observe(end);
    });
    onCleanup(() => observer.disconnect());
  });
  return (
    <>
      <ol class="found-rows" aria-label={props.label} style={{ '--rows': keys().length }}>
        <For each={inPage()}>
          {(key) => (
            <li>
              <Show when={byKey().get(key)}>
                {(message) => (
                  <Row
                    message={message()}
                    phrase={props.phrase}
                    showChat={props.showChat}
                    todayMs={props.todayMs}
                    onOpen={(row) => props.onOpen(message(), row)}
                  />
                )}
              </Show>
            </li>
          )}
        </For>
      </ol>
      <div
        class="found-end"
        ref={(element) => {
          end = element;
        }}
      />
      <Show when={props.group.more && props.group.messages.length >= MOST_SHOWN}>
        <p class="search-note">{texts().search.tooMany(props.group.messages.length)}</p>
      </Show>
    </>
  );
}

interface RowProps {
  readonly message: Found;
  readonly phrase: Phrase;
  readonly showChat: boolean;
  readonly todayMs: number;
  readonly onOpen: (row: HTMLElement) => void;
}

function Row(props: RowProps): JSX.Element {
  const location = useLocation();
  const href = (): string => messageAddress(props.message.chat, props.message.id, props.message.page, location.search);
  const isOpen = (): boolean =>
    location.pathname === `/chats/${props.message.chat}` &&
    new URLSearchParams(location.search).get('message') === props.message.id;
  return (
    <a
      class="list-row found-row"
      href={href()}
      aria-current={isOpen() ? 'true' : undefined}
      draggable={false}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        props.onOpen(event.currentTarget);
      }}
    >
      <FoundMessage message={props.message} phrase={props.phrase} showChat={props.showChat} todayMs={props.todayMs} />
    </a>
  );
}
