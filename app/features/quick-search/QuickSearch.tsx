import { createEffect, createMemo, createSignal, createUniqueId, on, onCleanup, Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { onShortcut } from '../../shell/shortcuts.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { createQuickSearch } from './quick-search.ts';
import { SearchResults } from './SearchResults.tsx';
import './quick-search.css';

/** A screen reader is told how many were found when one pauses, not at every letter. */
const PAUSE_MS = 500;
/** Messages are looked for beside people and chats; nobody waits for them longer to be told that there is nothing. */
const PATIENCE_MS = 400;

interface QuickSearchProps {
  /** As people read it. */
  readonly shortcut: string | undefined;
  /** What stands there while nothing is searched for. */
  readonly children: JSX.Element;
}

/** The field above the lists, and in place of the lists what it finds. The focus stays in the field; arrows walk what is found. */
export function QuickSearch(props: QuickSearchProps): JSX.Element {
  const house = useHouse();
  const id = createUniqueId();
  const search = createQuickSearch(house);
  let field: HTMLInputElement | undefined;
  onShortcut('search', () => {
    field?.focus();
    field?.select();
  });

  const searching = createMemo(() => search.query().trim() !== '');
  const [steps, setSteps] = createSignal(0);
  createEffect(on(search.query, () => setSteps(0), { defer: true }));
  /** So many options stand below people and chats; undefined while messages are looked for. */
  const [below, setBelow] = createSignal<number>();
  const [isPatient, setPatient] = createSignal(true);
  createEffect(
    on(search.query, () => {
      setPatient(true);
      const timer = setTimeout(() => setPatient(false), PATIENCE_MS);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  const count = createMemo(() => search.found().length + (below() ?? 0));
  const complete = (): boolean => search.complete() && (below() !== undefined || !isPatient());
  const active = createMemo(() => Math.min(steps(), count() - 1));
  const optionId = (index: number): string => `${id}-${index}`;

  const close = (): void => {
    search.setQuery('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter ends the word of an input method, too.
    if (!searching() || event.isComposing) return;
    const last = count() - 1;
    switch (event.key) {
      case 'ArrowDown':
        setSteps(active() >= last ? 0 : active() + 1);
        break;
      case 'ArrowUp':
        setSteps(active() <= 0 ? Math.max(0, last) : active() - 1);
        break;
      case 'Enter':
        // As a click does, which knows the way.
        document.getElementById(optionId(active()))?.click();
        break;
      case 'Escape':
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
    // Escape closes one thing only.
    event.stopPropagation();
  };

  const [said, setSaid] = createSignal('');
  createEffect(() => {
    const words = !searching() ? '' : resultWords(count(), complete());
    const timer = setTimeout(() => setSaid(words), PAUSE_MS);
    onCleanup(() => clearTimeout(timer));
  });

  return (
    <>
      <div class="quick-search">
        <SearchField
          ref={(element) => {
            field = element;
          }}
          label={texts().lists.search}
          placeholder={texts().lists.searchShort}
          clearLabel={texts().lists.clearSearch}
          shortcut={props.shortcut}
          value={search.query()}
          onInput={search.setQuery}
          onFocus={search.prepare}
          onKeyDown={onKeyDown}
          results={{
            id,
            open: searching() && count() > 0,
            active: searching() && active() >= 0 ? optionId(active()) : undefined,
          }}
        />
        <p class="visually-hidden" role="status">
          {said()}
        </p>
      </div>
      <div class="quick-search-place">
        <div class="quick-search-rest" inert={searching()}>
          {props.children}
        </div>
        <Show when={searching()}>
          <SearchResults
            id={id}
            optionId={optionId}
            found={search.found()}
            active={active()}
            below={below() ?? 0}
            complete={complete()}
            typed={search.query()}
            onBelow={setBelow}
            onOpen={close}
          />
        </Show>
      </div>
    </>
  );
}

function resultWords(count: number, complete: boolean): string {
  if (count > 0) return texts().lists.foundCount(count);
  return complete ? texts().lists.foundNothing : '';
}
