/** Arrow keys walk the messages; Home and End go to the ends. The list itself is the one tab stop. */
export function walkMessages(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const messages = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')];
  const at = messages.findIndex((message) => message === document.activeElement);
  const next = {
    ArrowUp: at === -1 ? messages.length - 1 : Math.max(0, at - 1),
    ArrowDown: at === -1 ? messages.length - 1 : Math.min(messages.length - 1, at + 1),
    Home: 0,
    End: messages.length - 1,
  }[event.key];
  const message = next === undefined ? undefined : messages[next];
  if (message === undefined) return;
  event.preventDefault();
  message.focus();
}
