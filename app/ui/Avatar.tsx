import { createEffect, createMemo, createSignal, on, Show, type JSX } from 'solid-js';
import { Icon, type IconName } from './Icon.tsx';
import './avatar.css';

type Status = 'active' | 'idle' | 'offline' | 'unconfirmed';

interface AvatarProps {
  readonly initials: string;
  /** In place of initials, for a chat that is no person. */
  readonly icon?: IconName;
  /** Address of a square picture. Until it is here, and where it can't be had, the initials stand. */
  readonly picture?: string | undefined;
  /** Whether there is network. With its return, a picture that could not be had is tried once more. */
  readonly online?: boolean | undefined;
  readonly status?: Status | undefined;
  readonly size?: 'small' | 'medium' | 'large';
  /** 1 to 8, see `hueOf`; without one it is neutral. */
  readonly hue?: number | undefined;
}

/** A face in a circle; the name stands beside it, so a screen reader gets nothing of it. */
export function Avatar(props: AvatarProps): JSX.Element {
  const [broken, setBroken] = createSignal(false);
  // Only where a picture could not be had is anything waited for: the network's return, or another picture.
  createEffect(() => {
    if (!broken()) return;
    const reachable = createMemo(() => (props.online === false ? undefined : props.picture));
    createEffect(on(reachable, (picture) => setBroken(picture === undefined), { defer: true }));
  });
  return (
    <span class="avatar" data-size={props.size ?? 'medium'} data-hue={props.hue} aria-hidden="true">
      <Show when={props.icon} fallback={<span class="avatar-initials">{props.initials}</span>}>
        {(icon) => <Icon name={icon()} />}
      </Show>
      <Show when={!broken() && props.picture} keyed>
        {(picture) => <img src={picture} alt="" decoding="async" draggable={false} onError={() => setBroken(true)} />}
      </Show>
      <Show when={props.status}>{(status) => <span class="avatar-status" data-status={status()} />}</Show>
    </span>
  );
}
