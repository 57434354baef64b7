import { Show, type JSX } from 'solid-js';
import './list-row.css';

interface ListRowProps {
  readonly href: string;
  readonly chosen: boolean;
  readonly lead: JSX.Element;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly count?: number | undefined;
  /** The number in words, for a screen reader. */
  readonly countLabel?: string | undefined;
}

/** A row of a list that opens something; its number is told in words too. */
export function ListRow(props: ListRowProps): JSX.Element {
  return (
    <a class="list-row" href={props.href} aria-current={props.chosen ? 'page' : undefined}>
      {props.lead}
      <span class="list-row-words">
        <span class="list-row-title" dir="auto">
          {props.title}
        </span>
        <Show when={props.detail}>
          {(detail) => (
            <span class="list-row-detail" dir="auto">
              {detail()}
            </span>
          )}
        </Show>
      </span>
      <Show when={(props.count ?? 0) > 0}>
        <span class="list-row-count">
          <span aria-hidden="true">{(props.count ?? 0) > 999 ? '999+' : props.count}</span>
          <span class="visually-hidden">{props.countLabel}</span>
        </span>
      </Show>
    </a>
  );
}
