import { createRenderEffect } from 'solid-js';

/** Keeps the input's text what it should be. Where that changes under who is typing, the caret stays where it was in their words. */
export function showText(input: HTMLTextAreaElement, text: () => string): void {
  createRenderEffect(() => {
    const now = text();
    if (input.value === now) return;
    const caret = caretIn(now, input.value, input.selectionStart);
    input.value = now;
    if (caret !== undefined && document.activeElement === input) input.setSelectionRange(caret, caret);
  });
}

/** Behind the same words as before, else in front of the same; undefined when neither are there any more. */
function caretIn(now: string, before: string, caret: number): number | undefined {
  const [left, right] = [before.slice(0, caret), before.slice(caret)];
  if (now.startsWith(left)) return caret;
  return now.endsWith(right) ? now.length - right.length : undefined;
}
