import { Show, type JSX } from 'solid-js';
import './badge.css';

/** More is not read as a number any more. */
const MOST = 999;
/** Of a badge that lies on a sign: what leaves the sign to be seen. */
const MOST_ON_SIGN = 99;

interface BadgeProps {
  readonly count: number;
  /** The number in words, for a screen reader; where it is said elsewhere, nothing. */
  readonly label: string | undefined;
  /** Quiet: of what does not call for anybody. Alert: of everything together. */
  readonly look?: 'accent' | 'quiet' | 'alert';
  /** It lies on the corner of a sign. */
  readonly onSign?: boolean;
}

/** A number of what is new. */
export function Badge(props: BadgeProps): JSX.Element {
  const most = (): number => (props.onSign === true ? MOST_ON_SIGN : MOST);
  return (
    <span class="badge" data-look={props.look ?? 'accent'}>
      <span aria-hidden="true">{props.count > most() ? `${most()}+` : props.count}</span>
      <Show when={props.label}>{(label) => <span class="visually-hidden">{label()}</span>}</Show>
    </span>
  );
}
