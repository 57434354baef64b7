import { hasMouse } from '../../shell/pointer.ts';

/**
 * Puts a text where the caret is, as if it were typed: it can be undone, and whoever listens for input hears of it. On a touch screen
 * without the focus, which would bring up the keyboard over what one is choosing from.
 */
export function insertText(input: HTMLTextAreaElement, text: string): void {
  if (hasMouse()) {
    input.focus({ preventScroll: true });
    // The only way into the browser's own undo; nothing has come in its place.
    // eslint-disable-next-line typescript/no-deprecated
    if (document.execCommand('insertText', false, text)) return;
  }
  input.setRangeText(text, input.selectionStart, input.selectionEnd, 'end');
  input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
