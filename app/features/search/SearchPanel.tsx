import { useLocation, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, on, onCleanup, Show, untrack, type JSX } from 'solid-js';
import { isAccount } from '../../../crdt/model/log/writer.ts';
import { isChatId, type ChatId } from '../../../crdt/model/protocol/document-name.ts';
import type { FoundMessage } from '../../../crdt/replica/search/search-contract.ts';
import { texts } from '../../i18n/language.ts';
import { isOwnChat, useHouse } from '../../reactive/house.ts';
import { useMessageSearch } from '../../reactive/message-search.ts';
import { createToday } from '../../reactive/today.ts';
import { goBack } from '../../shell/back.ts';
import { listSearch, messageAddress } from '../../shell/message-address.ts';
import { chatName } from '../../shell/names.ts';
import { isNarrow } from '../../shell/narrow.ts';
import { useOffline } from '../../shell/offline-context.ts';
import { placeSearchCameFrom, SEARCH_FIELD, focusTaken, wantsFocus } from '../../shell/open-search.ts';
import { withSearch, type AskedFor } from '../../shell/search-address.ts';
import { onShortcut } from '../../shell/shortcuts.ts';
import { IconButton } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { useScreenTitle } from '../../ui/screen-title.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { Filters } from './Filters.tsx';
import { FoundList } from './FoundList.tsx';
import { parsePeriod, scopeOf } from './period.ts';
import { createQuestion, createResults } from './results.ts';
import { ScopeLine } from './ScopeLine.tsx';
import './search-panel.css';

/** The address follows when one pauses: browsers refuse an address for each letter. */
const ADDRESS_MS = 300;
const RESULTS_ID = 'message-search-results';

/** Search for messages, in place of the lists; the address says for what. */
export function SearchPanel(): JSX.Element {
  const house = useHouse();
  const location = useLocation<{ readonly from?: unknown }>();
  const navigate = useNavigate();
  const { line } = useOffline();
  const search = useMessageSearch();
  const todayMs = createToday();
  let panel: HTMLElement | undefined;
  let field: HTMLInputElement | undefined;

  const atList = createMemo(() => location.pathname === '/');
  const parameter = (name: string): string | undefined => new URLSearchParams(location.search).get(name) ?? undefined;
  const ownChat = (id: unknown): ChatId | undefined =>
    typeof id === 'string' && isChatId(id) && isOwnChat(id, house.account, house.company) ? id : undefined;
  const chatAt = (path: unknown): ChatId | undefined =>
    typeof path === 'string' ? ownChat(/^\/chats\/([^/]+)/.exec(path)?.[1]) : undefined;

  const chat = createMemo(() => ownChat(parameter('in')));
  /** Where "this chat" leads from all. */
  const chatBeside = createMemo(() => chat() ?? chatAt(location.pathname) ?? chatAt(location.state?.from));
  const by = createMemo(() => {
    const account = Number(parameter('by'));
    return isAccount(account) ? account : undefined;
  });
  const when = createMemo(() => parameter('when'));
  const period = createMemo(() => parsePeriod(when()));

  const addressed = createMemo(() => parameter('find') ?? '');
  const [typed, setTyped] = createSignal(addressed());
  const asked = (): AskedFor => ({ find: typed(), in: chat(), by: by()?.toString(), when: when() });
  /** The address of what is looked at, with this search in it. */
  const addressOf = (changed: Partial<AskedFor> = {}): string =>
    location.pathname + withSearch(location.search, { ...asked(), ...changed });
  const write = (changed: Partial<AskedFor> = {}): void =>
    navigate(addressOf(changed), { replace: true, scroll: false, state: location.state ?? {} });
  // One's own address comes back, too.
  let written = untrack(addressed);
  createEffect(
    on(
      addressed,
      (phrase) => {
        if (phrase !== written) setTyped(phrase);
        written = phrase;
      },
      { defer: true },
    ),
  );
  createEffect(
    on(
      typed,
      (phrase) => {
        if (phrase === addressed()) return;
        const timer = setTimeout(() => {
          if (phrase === addressed()) return;
          written = phrase.toWellFormed();
          write();
        }, ADDRESS_MS);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  function open({ chat: of, id, page }: FoundMessage): void {
    // "Back" comes back to what was typed last. The router learns of it with the next address; two at once would be one for it.
    history.replaceState(history.state, '', addressOf());
    navigate(messageAddress(of, id, page, withSearch(location.search, asked())));
  }

  const question = createQuestion(() => {
    const [author, inChat] = [by(), chat()];
    return {
      typed: typed(),
      scope: {
        ...(inChat === undefined ? {} : { chat: inChat }),
        ...(author === undefined ? {} : { author }),
        ...scopeOf(period(), todayMs()),
      },
    };
  });
  const results = createResults(search, question);

  const leave = (): void => {
    const { from } = location.state ?? {};
    const rest = withSearch(listSearch(location.search), undefined);
    if (isNarrow()) goBack((typeof from === 'string' ? from : '/') + rest, navigate);
    else {
      navigate(location.pathname + rest, { replace: true });
      const place = placeSearchCameFrom();
      requestAnimationFrame(() => place?.focus());
    }
  };
  const close = (): boolean => {
    if (isNarrow() && !atList()) return false;
    leave();
    return true;
  };
  // eslint-disable-next-line solid/reactivity -- called at each press
  onShortcut('close', close);
  useScreenTitle(() => (atList() ? texts().search.title : ''));

  createEffect(() => {
    if (!wantsFocus() || (isNarrow() && !atList())) return;
    focusTaken();
    // What it stands in may be out of sight until then.
    requestAnimationFrame(() => {
      field?.focus();
      field?.select();
    });
  });
  /** On a narrow window one comes back to the row that one has left by. */
  let left: HTMLElement | undefined;
  createEffect(
    on(
      atList,
      (isAt) => {
        if (!isAt || !isNarrow()) return;
        requestAnimationFrame(() => {
          if (left?.isConnected === true) left.focus({ preventScroll: true });
        });
      },
      { defer: true },
    ),
  );

  const rows = (): HTMLElement[] => [...(panel?.querySelectorAll<HTMLElement>('a.found-row') ?? [])];
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter ends the word of an input method, too.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const inField = event.target === field;
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('a.found-row') : null;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      leave();
      return;
    }
    if (!inField && row === null) return;
    const all = rows();
    const at = row === null ? -1 : all.indexOf(row);
    switch (event.key) {
      case 'ArrowDown':
        (inField ? (all.find((one) => one.ariaCurrent !== null) ?? all[0]) : all[at + 1])?.focus();
        break;
      case 'ArrowUp':
        if (inField) return;
        (at === 0 ? field : all[at - 1])?.focus();
        break;
      case 'Enter':
        if (!inField) return;
        all[0]?.click();
        break;
      case 'Home':
      case 'End':
        if (inField) return;
        all.at(event.key === 'Home' ? 0 : -1)?.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const fieldLabel = (): string => {
    const only = chat();
    return only === undefined ? texts().search.inAll : texts().search.inChat(chatName(house, only));
  };
  return (
    <div
      class="search-panel"
      role="search"
      aria-label={texts().search.title}
      ref={(element) => {
        panel = element;
      }}
      onKeyDown={onKeyDown}
    >
      <div class="search-head">
        <IconButton icon={isNarrow() ? 'back' : 'close'} label={texts().search.close} shortcut="Esc" onClick={leave} />
        <Show when={atList()} fallback={<h2 class="visually-hidden">{texts().search.title}</h2>}>
          <h1 class="visually-hidden">{texts().search.title}</h1>
        </Show>
        <SearchField
          id={SEARCH_FIELD}
          ref={(element) => {
            field = element;
          }}
          label={fieldLabel()}
          clearLabel={texts().search.clear}
          value={typed()}
          onInput={setTyped}
        />
      </div>
      <Show when={chatBeside()}>
        {(beside) => (
          <Tabs
            label={texts().search.where}
            value={chat() === undefined ? 'all' : 'chat'}
            options={[
              {
                value: 'chat',
                label:
                  isNarrow() || chatAt(location.pathname) === beside()
                    ? texts().search.thisChat
                    : chatName(house, beside()),
              },
              { value: 'all', label: texts().search.allChats },
            ]}
            controls={RESULTS_ID}
            onChoose={(where: 'chat' | 'all') => write({ in: where === 'chat' ? beside() : undefined })}
          />
        )}
      </Show>
      <Filters chat={chat()} author={by()} period={period()} onChange={write} />
      <Show when={line()}>{(words) => <p class="search-offline connection-line">{words()}</p>}</Show>
      <FoundList
        id={RESULTS_ID}
        isTabPanel={chatBeside() !== undefined}
        question={question()}
        results={results}
        state={search.state()}
        todayMs={todayMs()}
        onOpen={(message, row) => {
          left = row;
          open(message);
        }}
      />
      <ScopeLine results={results} state={search.state()} question={question()} />
    </div>
  );
}
