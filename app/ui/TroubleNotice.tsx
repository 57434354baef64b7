import { Show, type JSX } from 'solid-js';
import { Notice } from './Notice.tsx';

interface TroubleNoticeProps {
  /** Undefined: all is well. */
  readonly words: string | undefined;
  /** Warning: nothing is lost, it may be tried again. Danger: it was not done. */
  readonly kind?: 'warning' | 'danger';
}

/** What has become of what the person just did, when it was not what they wanted; read out at once. */
export function TroubleNotice(props: TroubleNoticeProps): JSX.Element {
  return (
    <Show when={props.words}>
      {(words) => (
        <Notice kind={props.kind ?? 'warning'} icon="failed" role="alert">
          {words()}
        </Notice>
      )}
    </Show>
  );
}
