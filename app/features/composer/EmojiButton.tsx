import { createEffect, createSignal, onCleanup, Show, Suspense, type JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { lazyScreen } from '../../shell/LazyScreen.tsx';
import { onShortcut } from '../../shell/shortcuts.ts';
import { IconButton } from '../../ui/Button.tsx';

const EmojiPanel = lazyScreen(async () => (await import('./EmojiPanel.tsx')).EmojiPanel);

interface EmojiButtonProps {
  readonly onChoose: (emoji: string) => void;
  /** Closed by key: the input goes on. */
  readonly onClose: () => void;
}

/** Opens the emoji over the input. With mouse or finger one may take several; a key, a click elsewhere or leaving closes them. */
export function EmojiButton(props: EmojiButtonProps): JSX.Element {
  const [open, setOpen] = createSignal(false);
  let place: HTMLElement | undefined;
  const close = (): void => {
    setOpen(false);
    props.onClose();
  };
  createEffect(() => {
    if (!open()) return;
    onShortcut('close', close);
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && place?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown, { capture: true });
    onCleanup(() => document.removeEventListener('pointerdown', onPointerDown, { capture: true }));
  });
  return (
    <div
      class="composer-emoji"
      ref={(element) => {
        place = element;
      }}
    >
      <IconButton
        icon="emoji"
        label={texts().composer.emoji}
        opens="dialog"
        expanded={open()}
        onClick={() => (open() ? close() : setOpen(true))}
      />
      <Show when={open()}>
        <div class="emoji-panel" role="dialog" aria-label={texts().composer.emoji}>
          <Suspense>
            <EmojiPanel
              onChoose={(emoji, pointed) => {
                props.onChoose(emoji);
                if (!pointed) close();
              }}
            />
          </Suspense>
        </div>
      </Show>
    </div>
  );
}
