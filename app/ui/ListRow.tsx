import { Show, type JSX } from 'solid-js';
import { Badge } from './Badge.tsx';
import { Icon, type IconName } from './Icon.tsx';
import './list-row.css';

/** A small sign with its meaning in words, for the end of a row. */
export function RowSign(props: { readonly icon: IconName; readonly label: string }): JSX.Element {
  return (
    <span class="list-row-sign" data-icon={props.icon} data-tooltip={props.label}>
      <Icon name={props.icon} />
      <span class="visually-hidden">{props.label}</span>
    </span>
  );
}

interface ListRowProps {
  readonly href: string;
  readonly chosen: boolean;
  readonly lead: JSX.Element;
  readonly title: string;
  /** Beside the title, quieter: the company of somebody from elsewhere. */
  readonly note?: string | undefined;
  readonly detail?: JSX.Element;
  readonly time?: string | undefined;
  /** See `RowSign`. */
  readonly signs?: JSX.Element;
  readonly count?: number | undefined;
  /** The number in words, for a screen reader. */
  readonly countLabel?: string | undefined;
  /** Its number calls for nobody: a muted chat. */
  readonly countQuiet?: boolean | undefined;
  readonly haspopup?: 'menu';
  readonly id?: string;
  readonly tabindex?: number;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly onContextMenu?: (event: MouseEvent) => void;
  readonly onClick?: (event: MouseEvent) => void;
}

/** A row of a list that opens something: all it shows, it also says. Always 64 px high, whatever is in it. */
export function ListRow(props: ListRowProps): JSX.Element {
  return (
    <a
      class="list-row"
      id={props.id}
      href={props.href}
      aria-current={props.chosen ? 'page' : undefined}
      aria-haspopup={props.haspopup}
      tabindex={props.tabindex}
      onKeyDown={(event) => props.onKeyDown?.(event)}
      onContextMenu={(event) => props.onContextMenu?.(event)}
      onClick={(event) => props.onClick?.(event)}
      draggable={false}
    >
      {props.lead}
      <span class="list-row-words">
        <span class="list-row-line">
          <span class="list-row-title" dir="auto">
            {props.title}
          </span>
          <Show when={props.note}>
            {(note) => (
              <span class="list-row-note" dir="auto">
                {note()}
              </span>
            )}
          </Show>
          <Show when={(props.count ?? 0) > 0}>
            <span class="visually-hidden">{props.countLabel}</span>
          </Show>
          <Show when={props.time}>{(time) => <span class="list-row-time">{time()}</span>}</Show>
        </span>
        <span class="list-row-line">
          <span class="list-row-detail" dir="auto">
            {props.detail}
          </span>
          {props.signs}
          <Show when={(props.count ?? 0) > 0}>
            <Badge count={props.count ?? 0} look={props.countQuiet === true ? 'quiet' : 'accent'} label={undefined} />
          </Show>
        </span>
      </span>
    </a>
  );
}
