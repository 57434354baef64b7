import { createMemo, For, Show, type JSX } from 'solid-js';
import { isOnlyEmoji } from './only-emoji.ts';
import { linkParts, type TextPart } from './link-parts.ts';

/** Any text, as text; web addresses in it can be followed. */
export function MessageText(props: { readonly text: string }): JSX.Element {
  const parts = createMemo(() => linkParts(props.text));
  return (
    <Show when={parts().some((part) => part.kind === 'link')} fallback={<PlainText text={props.text} />}>
      <TextWithLinks parts={parts()} />
    </Show>
  );
}

function PlainText(props: { readonly text: string }): JSX.Element {
  return (
    <Show when={isOnlyEmoji(props.text)} fallback={props.text}>
      <span class="message-emoji">{props.text}</span>
    </Show>
  );
}

function TextWithLinks(props: { readonly parts: readonly TextPart[] }): JSX.Element {
  return (
    <For each={props.parts}>
      {(part) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a href={part.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            {part.text}
          </a>
        )
      }
    </For>
  );
}
