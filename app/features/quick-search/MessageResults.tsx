import { useLocation } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show, untrack, type JSX } from 'solid-js';
import { parsePhrase, type Phrase } from '../../../crdt/model/search/phrase.ts';
import type { FoundMessage as Found } from '../../../crdt/replica/search/search-contract.ts';
import { texts } from '../../i18n/language.ts';
import { calmed } from '../../reactive/gather.ts';
import { useMessageSearch } from '../../reactive/message-search.ts';
import { createToday } from '../../reactive/today.ts';
import { FoundMessage } from '../../shell/FoundMessage.tsx';
import { listSearch, messageAddress } from '../../shell/message-address.ts';
import { isNarrow } from '../../shell/narrow.ts';
import { expectFocus } from '../../shell/open-search.ts';
import { withSearch } from '../../shell/search-address.ts';
import { Icon } from '../../ui/Icon.tsx';

/** More are one step away. */
const FEW = 5;
/** What changes while one reads is seen so often at most. */
const AGAIN_MS = 1_000;

interface MessageResultsProps {
  readonly typed: string;
  /** Of its options, from 0. */
  readonly optionId: (index: number) => string;
  /** Of its options, the one that Enter opens; below 0: none of these. */
  readonly active: number;
  /** Told how many options there are; undefined until it is known. */
  readonly onFound: (options: number | undefined) => void;
  readonly onOpen: () => void;
}

interface Answered {
  readonly phrase: Phrase;
  readonly messages: readonly Found[];
}

/** The newest messages in which the phrase stands, below people and chats, and the way to all of them. */
export function MessageResults(props: MessageResultsProps): JSX.Element {
  const location = useLocation();
  const search = useMessageSearch();
  const todayMs = createToday();
  const [answered, setAnswered] = createSignal<Answered>();
  const changed = calmed(search.state, AGAIN_MS);

  async function ask(typed: string, phrase: Phrase, signal: AbortSignal): Promise<void> {
    const starts = await search.ask(typed, { kind: 'word-start', scope: {}, limit: FEW }, signal);
    if (starts === undefined || signal.aborted) return;
    const isNew = untrack(answered)?.phrase.text !== phrase.text;
    if (isNew && starts.messages.length > 0) setAnswered({ phrase, messages: starts.messages });
    const left = FEW - starts.messages.length;
    const inside = left === 0 ? undefined : await search.ask(typed, { kind: 'inside', scope: {}, limit: left }, signal);
    if (signal.aborted) return;
    setAnswered({ phrase, messages: [...starts.messages, ...(inside?.messages ?? [])] });
  }
  createEffect(
    on([() => props.typed, changed], ([typed]) => {
      const controller = new AbortController();
      onCleanup(() => controller.abort());
      const phrase = parsePhrase(typed);
      if (phrase !== undefined) void ask(typed, phrase, controller.signal);
    }),
  );

  const rest = (): string => listSearch(location.search);
  const addressOf = ({ chat, id, page }: Found): string => messageAddress(chat, id, page, rest());
  const allAddress = (): string => (isNarrow() ? '/' : location.pathname) + withSearch(rest(), { find: props.typed });
  const options = createMemo(() => {
    const found = answered()?.messages.length;
    return found === undefined || found === 0 ? found : found + 1;
  });
  createEffect(() => props.onFound(options()));
  onCleanup(() => props.onFound(undefined));

  return (
    <Show when={(answered()?.messages.length ?? 0) > 0 && answered()}>
      {(found) => (
        <div class="message-results" role="group" aria-label={texts().search.messages}>
          <p class="message-results-title" aria-hidden="true">
            {texts().search.messages}
          </p>
          <For each={found().messages}>
            {(message, index) => (
              <Option
                id={props.optionId(index())}
                href={addressOf(message)}
                active={index() === props.active}
                onOpen={() => props.onOpen()}
              >
                <FoundMessage message={message} phrase={found().phrase} showChat todayMs={todayMs()} />
              </Option>
            )}
          </For>
          <Option
            id={props.optionId(found().messages.length)}
            href={allAddress()}
            active={found().messages.length === props.active}
            isAll
            onOpen={() => {
              expectFocus();
              props.onOpen();
            }}
          >
            <Icon name="search" />
            <span>{texts().search.all}</span>
          </Option>
        </div>
      )}
    </Show>
  );
}

interface OptionProps {
  readonly id: string;
  readonly href: string;
  readonly active: boolean;
  readonly isAll?: boolean;
  readonly onOpen: () => void;
  readonly children: JSX.Element;
}

function Option(props: OptionProps): JSX.Element {
  let row: HTMLAnchorElement | undefined;
  createEffect(() => {
    if (props.active) row?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <a
      ref={(element) => {
        row = element;
      }}
      id={props.id}
      class={`list-row ${props.isAll === true ? 'message-results-all' : 'found-row'}`}
      role="option"
      aria-selected={props.active}
      tabindex={-1}
      href={props.href}
      draggable={false}
      onClick={(event) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) props.onOpen();
      }}
    >
      {props.children}
    </a>
  );
}
