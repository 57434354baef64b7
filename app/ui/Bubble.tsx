import { Show, type JSX } from 'solid-js';
import './bubble.css';

interface BubbleProps {
  readonly own: boolean;
  /** First of a group: carries the name. */
  readonly name?: string | undefined;
  /** Not yet part of the conversation: it looks so. */
  readonly pending?: boolean;
  readonly failed?: boolean;
  readonly children: JSX.Element;
  /** Time and state, after the text for the eye and the screen reader alike. */
  readonly foot?: JSX.Element;
}

export function Bubble(props: BubbleProps): JSX.Element {
  return (
    <div
      class="bubble"
      data-own={props.own ? '' : undefined}
      data-pending={props.pending === true ? '' : undefined}
      data-failed={props.failed === true ? '' : undefined}
    >
      <Show when={props.name}>
        {(name) => (
          <span class="bubble-name" dir="auto">
            {name()}
          </span>
        )}
      </Show>
      <div class="bubble-text" dir="auto">
        {props.children}
      </div>
      <Show when={props.foot}>
        <div class="bubble-foot">{props.foot}</div>
      </Show>
    </div>
  );
}
