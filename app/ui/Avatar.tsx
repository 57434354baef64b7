import type { JSX } from 'solid-js';
import './avatar.css';

/** Initials; the name stands beside it, so a screen reader gets nothing of it. */
export function Avatar(props: { readonly initials: string; readonly children?: JSX.Element }): JSX.Element {
  return (
    <span class="avatar" aria-hidden="true">
      {props.children ?? props.initials}
    </span>
  );
}
