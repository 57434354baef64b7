import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js';
import { later } from './Later.tsx';

/** Long enough that a mouse on its way elsewhere opens nothing. */
const HOVER_DELAY_MS = 450;
/** Time for the mouse to get from the button to its tooltip, for people who enlarge the screen. */
const LEAVE_DELAY_MS = 150;

const Panel = later(async () => (await import('./TooltipPanel.tsx')).TooltipPanel);

const carrierOf = (target: EventTarget | null): HTMLElement | undefined => {
  const carrier = target instanceof Element ? target.closest('[data-tooltip]') : null;
  return carrier instanceof HTMLElement ? carrier : undefined;
};

/**
 * The one tooltip of the page, for whatever carries `data-tooltip`: by mouse after a moment, by keyboard at once, by touch never.
 * One for all, because a list of a thousand rows can't afford one for each of its signs. It repeats what the carrier's name or
 * text says, so it is no part of it for a screen reader. Mount it once.
 */
export function Tooltips(): JSX.Element {
  const [carrier, setCarrier] = createSignal<HTMLElement>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (then: HTMLElement | undefined, delayMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => setCarrier(then), delayMs);
  };
  const now = (then: HTMLElement | undefined): void => {
    clearTimeout(timer);
    setCarrier(then);
  };

  const onPointerOver = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const over = carrierOf(event.target);
    const inTooltip = event.target instanceof Element && event.target.closest('.tooltip') !== null;
    if (inTooltip || (over !== undefined && over === carrier())) clearTimeout(timer);
    else if (over === undefined) soon(undefined, carrier() === undefined ? 0 : LEAVE_DELAY_MS);
    else soon(over, carrier() === undefined ? HOVER_DELAY_MS : LEAVE_DELAY_MS);
  };
  // Only where somebody walks by Tab: what opens or closes moves the focus too, and has something else to say.
  let walking = false;
  const onFocusIn = (event: FocusEvent): void => now(walking ? carrierOf(event.target) : undefined);
  const away = (): void => now(undefined);
  const onPointerDown = (): void => {
    walking = false;
    away();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    walking = event.key === 'Tab' || (walking && event.key === 'Shift');
    if (!walking) away();
  };

  onMount(() => {
    document.addEventListener('pointerover', onPointerOver);
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', away);
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('scroll', away, { capture: true, passive: true });
  });
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('pointerover', onPointerOver);
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('focusout', away);
    document.removeEventListener('pointerdown', onPointerDown);
    document.removeEventListener('keydown', onKeyDown);
    document.removeEventListener('scroll', away, { capture: true });
  });

  return (
    <Show when={carrier()} keyed>
      {(shown) => <Panel.View carrier={shown} />}
    </Show>
  );
}
