import { Show, type JSX } from 'solid-js';
import { Icon, type IconName } from './Icon.tsx';
import './empty-state.css';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** What to do next. */
  readonly text?: string | undefined;
  readonly action?: JSX.Element;
}

/** Where nothing is yet, what to do next. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class="empty-state">
      <span class="empty-state-sign">
        <Icon name={props.icon} />
      </span>
      <p class="empty-state-title">{props.title}</p>
      <Show when={props.text}>{(text) => <p class="empty-state-text">{text()}</p>}</Show>
      <Show when={props.action}>{(action) => <div class="empty-state-action">{action()}</div>}</Show>
    </div>
  );
}
