import { Show, type JSX } from 'solid-js';
import './bubble.css';

interface BubbleProps {
  readonly own: boolean;
  /** First of a group: carries the name. */
  readonly name?: string | undefined;
  /** Hue of the name, see `hueOf`. */
  readonly hue?: number | undefined;
  /** First and last of a group: corners between messages of one group are nearly square. */
  readonly starts?: boolean;
  readonly ends?: boolean;
  /** Not yet part of the conversation: it looks so. */
  readonly pending?: boolean;
  readonly failed?: boolean;
  readonly children: JSX.Element;
  /** Time and state, after the text for the eye and the screen reader alike. */
  readonly foot?: JSX.Element;
}

const flag = (on: boolean | undefined): '' | undefined => (on === true ? '' : undefined);

/** One message. Whatever its text is made of, it stays within its borders and its own direction of writing. */
export function Bubble(props: BubbleProps): JSX.Element {
  return (
    <div
      class="bubble"
      data-own={flag(props.own)}
      data-starts={flag(props.starts ?? true)}
      data-ends={flag(props.ends ?? true)}
      data-pending={flag(props.pending)}
      data-failed={flag(props.failed)}
    >
      <Show when={props.name}>
        {(name) => (
          <span class="bubble-name" data-hue={props.hue} dir="auto">
            {name()}
          </span>
        )}
      </Show>
      <div class="bubble-line" dir="auto">
        <span class="bubble-text">{props.children}</span>
        <Show when={props.foot}>
          {/* A direction of its own, so that it does not decide about that of the text. */}
          <div class="bubble-foot" dir="auto">
            {props.foot}
          </div>
        </Show>
      </div>
    </div>
  );
}
