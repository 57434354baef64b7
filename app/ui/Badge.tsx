import { Show, type JSX } from 'solid-js';
import './badge.css';

/** More is not read as a number any more. */
const MOST = 999;

interface BadgeProps {
  readonly count: number;
  /** The number in words, for a screen reader; where it is said elsewhere, nothing. */
  readonly label: string | undefined;
  /** Quiet: of what does not call for anybody. Alert: of everything together. */
  readonly look?: 'accent' | 'quiet' | 'alert';
}

/** A number of what is new. */
export function Badge(props: BadgeProps): JSX.Element {
  return (
    <span class="badge" data-look={props.look ?? 'accent'}>
      <span aria-hidden="true">{props.count > MOST ? `${MOST}+` : props.count}</span>
      <Show when={props.label}>{(label) => <span class="visually-hidden">{label()}</span>}</Show>
    </span>
  );
}
