import { Show, type JSX } from 'solid-js';
import { IconButton } from './Button.tsx';
import { Icon, type IconName } from './Icon.tsx';
import './notice.css';

interface NoticeProps {
  readonly kind: 'plain' | 'warning' | 'danger';
  readonly icon?: IconName;
  readonly children: JSX.Element;
  readonly actions?: JSX.Element;
  /** Where it may be sent away: the name of the button for it. */
  readonly dismissLabel?: string | undefined;
  readonly onDismiss?: () => void;
  /** `status` is read when there is a pause; `alert` at once, for what the person just did. */
  readonly role?: 'status' | 'alert';
}

/** Says what happened, what was kept and what one can do. */
export function Notice(props: NoticeProps): JSX.Element {
  return (
    <div class="notice" data-kind={props.kind} role={props.role ?? 'status'}>
      <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <div class="notice-words">{props.children}</div>
      <Show when={props.actions}>
        <div class="notice-actions">{props.actions}</div>
      </Show>
      <Show when={props.dismissLabel}>
        {(label) => <IconButton icon="close" label={label()} onClick={() => props.onDismiss?.()} />}
      </Show>
    </div>
  );
}
