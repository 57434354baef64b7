/** Arrow keys in the picker's grid, as its role of a menu promises; from the empty search, down leads into it. */

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

const emojiIn = (menu: Element | null | undefined): HTMLElement[] =>
  Array.from(menu?.querySelectorAll<HTMLElement>('button.emoji') ?? []);

/** Returns its dispose. */
export function walkEmoji(picker: HTMLElement): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const root = picker.shadowRoot;
    const from = root?.activeElement;
    const step = STEPS[event.key];
    if (root === null || !(from instanceof HTMLElement) || step === undefined || event.defaultPrevented) return;
    let to: HTMLElement | undefined;
    if (from instanceof HTMLInputElement) {
      if (event.key === 'ArrowDown' && from.value === '') [to] = emojiIn(root.querySelector('.tabpanel .emoji-menu'));
    } else {
      const all = emojiIn(from.closest('.emoji-menu'));
      const at = all.indexOf(from);
      const columns = all.findLastIndex((one) => one.offsetTop === all[0]?.offsetTop) + 1;
      if (at !== -1) to = all[at + step(columns)];
      if (to === undefined && at !== -1 && event.key === 'ArrowUp') to = root.querySelector('input') ?? undefined;
    }
    if (to === undefined) return;
    event.preventDefault();
    to.focus();
  };
  picker.addEventListener('keydown', onKeyDown);
  return () => picker.removeEventListener('keydown', onKeyDown);
}
