import { createEffect, onCleanup, onMount } from 'solid-js';

/** For browsers without `field-sizing`: gives the input the height of its text; CSS keeps the bounds. */
export function growWithText(input: HTMLTextAreaElement, text: () => string): void {
  if (CSS.supports('field-sizing', 'content')) return;
  const fit = (): void => {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  };
  onMount(() =>
    createEffect(() => {
      text();
      fit();
    }),
  );
  addEventListener('resize', fit);
  onCleanup(() => removeEventListener('resize', fit));
}
