/** Quick search as signals. The index is fetched and built when the field is first used, and follows what changes from then on. */
import { createEffect, createMemo, createSignal, onCleanup, untrack, type Accessor } from 'solid-js';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { texts } from '../../i18n/language.ts';
import type { House } from '../../reactive/house.ts';
import { chatName } from '../../shell/names.ts';
import type { fillIndex } from './fill-index.ts';
import type { NameIndex } from './name-index.ts';

const DAY_MS = 86_400_000;
/** A chat of today counts this much more than one that was never used; after a month little is left of it. */
const LIFT = 1.5;
const FADES_WITHIN_DAYS = 7;

export interface QuickSearch {
  readonly query: Accessor<string>;
  setQuery(query: string): void;
  /** Best first. */
  readonly found: Accessor<readonly ChatId[]>;
  /** True as soon as all names are in the index: only then nothing means nothing. */
  readonly complete: Accessor<boolean>;
  /** The field is about to be used. */
  prepare(): void;
}

/** Fetched when the field is first used. */
interface Parts {
  readonly names: NameIndex<ChatId>;
  readonly fillIndex: typeof fillIndex;
}

export function createQuickSearch(house: House, nowMs: () => number = Date.now): QuickSearch {
  const [query, setQuery] = createSignal('');
  const [wanted, setWanted] = createSignal(false);
  const [parts, setParts] = createSignal<Parts>();
  /** Counts fillings, so that what is found follows the index. */
  const [filled, setFilled] = createSignal(0);

  createEffect(() => {
    if (!wanted() || parts() !== undefined) return;
    Promise.all([import('./name-index.ts'), import('./fill-index.ts')]).then(
      ([{ NameIndex }, { fillIndex }]) => setParts({ names: new NameIndex<ChatId>(), fillIndex }),
      // Without network and without the worker's copy: the next use tries again.
      () => setWanted(false),
    );
  });
  createEffect(() => {
    const fetched = parts();
    if (fetched === undefined) return;
    const [people, chats] = [house.people(), house.chats()];
    // Chats that everybody has are called by the language.
    texts();
    let current = true;
    onCleanup(() => {
      current = false;
    });
    const findable = {
      me: house.account,
      people,
      chats,
      nameOfChat: (chat: ChatId) => untrack(() => chatName(house, chat)),
    };
    void fetched
      .fillIndex(fetched.names, findable, () => current)
      .then((done) => {
        if (done && current) setFilled((count) => count + 1);
      });
  });

  const weights = (): ((chat: ChatId) => number) => {
    const [summaries, now] = [house.summaries(), nowMs()];
    return (chat) => {
      const latestMs = summaries.get(chat)?.latest?.timeMs;
      if (latestMs === undefined) return 1;
      return 1 + LIFT / (1 + Math.max(0, now - latestMs) / (FADES_WITHIN_DAYS * DAY_MS));
    };
  };
  const found = createMemo<readonly ChatId[]>(() => {
    filled();
    const [names, asked] = [parts()?.names, query()];
    // What is found stays in place while one reads it, even when a message comes in.
    return names === undefined || asked.trim() === '' ? [] : untrack(() => names.search(asked, weights()));
  });
  return {
    query,
    setQuery(typed) {
      setWanted(true);
      setQuery(typed);
    },
    found,
    complete: () => filled() > 0,
    prepare: () => setWanted(true),
  };
}
