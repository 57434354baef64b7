import { createMemo, createSignal, For, Show, type JSX } from 'solid-js';
import type { Account } from '../../../crdt/model/log/writer.ts';
import type { ChatId } from '../../../crdt/model/protocol/document-name.ts';
import { locale, texts } from '../../i18n/language.ts';
import { useHouse } from '../../reactive/house.ts';
import { nameOf, otherPerson } from '../../shell/names.ts';
import type { AskedFor } from '../../shell/search-address.ts';
import { PERIODS, periodText, type Period } from './period.ts';

interface FiltersProps {
  readonly chat: ChatId | undefined;
  readonly author: Account | undefined;
  readonly period: Period;
  readonly onChange: (changed: Partial<AskedFor>) => void;
}

/** Who wrote it, and when. */
export function Filters(props: FiltersProps): JSX.Element {
  const house = useHouse();
  // A company may have thousands of people; few look for one here.
  const [isOpen, setOpen] = createSignal(false);
  const senders = createMemo((): readonly Account[] => {
    const other = props.chat === undefined ? undefined : otherPerson(props.chat, house.account);
    // Whoever is asked for is among them, even one who can't have written here.
    const chosen = props.author === undefined || props.author === house.account ? [] : [props.author];
    if (other !== undefined) return [...new Set([other, ...chosen])];
    if (!isOpen()) return chosen;
    const { compare } = new Intl.Collator(locale());
    return [...house.people()]
      .filter(([account]) => account !== house.account)
      .toSorted(([, one], [, two]) => compare(`${one.last} ${one.first}`, `${two.last} ${two.first}`))
      .map(([account]) => account);
  });
  const between = createMemo(() => (props.period.kind === 'between' ? props.period : undefined));
  return (
    <div class="search-filters">
      <select
        aria-label={texts().search.sender}
        data-set={props.author === undefined ? undefined : ''}
        onPointerEnter={() => setOpen(true)}
        onPointerDown={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onChange={(event) =>
          props.onChange({ by: event.currentTarget.value === '' ? undefined : event.currentTarget.value })
        }
      >
        <option value="" selected={props.author === undefined}>
          {texts().search.anybody}
        </option>
        <option value={house.account} selected={props.author === house.account}>
          {texts().lists.you}
        </option>
        <For each={senders()}>
          {(account) => (
            <option value={account} selected={props.author === account}>
              {nameOf(house.people(), account)}
            </option>
          )}
        </For>
      </select>
      <select
        aria-label={texts().search.period}
        data-set={props.period.kind === 'any' ? undefined : ''}
        onChange={(event) => {
          const kind = PERIODS.find((one) => one === event.currentTarget.value) ?? 'any';
          const period: Period = kind === 'between' ? { kind, from: '', until: '' } : { kind };
          props.onChange({ when: periodText(period) });
        }}
      >
        <For each={PERIODS}>
          {(kind) => (
            <option value={kind} selected={props.period.kind === kind}>
              {texts().search.periods[kind]}
            </option>
          )}
        </For>
      </select>
      <Show when={between()}>
        {(days) => (
          <div class="search-days">
            <label>
              <span>{texts().search.from}</span>
              <input
                type="date"
                value={days().from}
                max={days().until}
                onChange={(event) =>
                  props.onChange({ when: periodText({ ...days(), from: event.currentTarget.value }) })
                }
              />
            </label>
            <label>
              <span>{texts().search.until}</span>
              <input
                type="date"
                value={days().until}
                min={days().from}
                onChange={(event) =>
                  props.onChange({ when: periodText({ ...days(), until: event.currentTarget.value }) })
                }
              />
            </label>
          </div>
        )}
      </Show>
    </div>
  );
}
