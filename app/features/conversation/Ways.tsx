import { Show, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';

interface WaysProps {
  /** Unseen messages out of view. */
  readonly newAbove: number;
  readonly newBelow: number;
  readonly onNewAbove: () => void;
  /** False where the latest message is in view. */
  readonly hasLatest: boolean;
  readonly onLatest: () => void;
  /** A message that was asked for is on its way, for a moment already. */
  readonly isLoading: boolean;
}

/** What stands over the messages: the ways to those that are out of view. */
export function Ways(props: WaysProps): JSX.Element {
  return (
    <>
      {/* Always there: a screen reader is told of what changes in it. */}
      <p class="timeline-loading" role="status">
        {props.isLoading ? texts().conversation.loadingMessage : ''}
      </p>
      <Show when={props.newAbove > 0 && !props.isLoading}>
        <div class="timeline-above">
          <Button icon="earlier" onClick={() => props.onNewAbove()}>
            {texts().conversation.newAbove(props.newAbove)}
          </Button>
        </div>
      </Show>
      <Show when={props.hasLatest}>
        <div class="timeline-latest">
          <IconButton
            icon="latest"
            label={props.newBelow > 0 ? texts().conversation.latestWith(props.newBelow) : texts().conversation.latest}
            onClick={() => props.onLatest()}
          />
          <Show when={props.newBelow > 0}>
            <Badge count={props.newBelow} label={undefined} />
          </Show>
        </div>
      </Show>
    </>
  );
}
