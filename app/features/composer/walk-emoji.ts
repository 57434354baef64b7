/**
 * Keys that the picker lacks: arrows in its grid, as its role of a menu promises; down from the empty search leads into it; Enter in
 * the search takes the first result.
 */

const STEPS: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

const emojiIn = (menu: Element | null | undefined): HTMLElement[] =>
  Array.from(menu?.querySelectorAll<HTMLElement>('button.emoji') ?? []);

function beside(from: HTMLElement, key: string, root: ShadowRoot): HTMLElement | undefined {
  const step = STEPS[key];
  const all = emojiIn(from.closest('.emoji-menu'));
  const at = all.indexOf(from);
  if (step === undefined || at === -1) return undefined;
  const columns = all.findLastIndex((one) => one.offsetTop === all[0]?.offsetTop) + 1;
  const to = at + step(columns);
  return to < 0 && key === 'ArrowUp' ? (root.querySelector('input') ?? undefined) : all[to];
}

/** Returns its dispose. */
export function walkEmoji(picker: HTMLElement): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    const root = picker.shadowRoot;
    const from = root?.activeElement;
    if (root === null || !(from instanceof HTMLElement) || event.isComposing) return;
    let to: HTMLElement | undefined;
    if (!(from instanceof HTMLInputElement)) {
      to = beside(from, event.key, root);
    } else if (from.value === '') {
      if (event.key === 'ArrowDown') [to] = emojiIn(root.querySelector('.tabpanel .emoji-menu'));
    } else if (event.key === 'Enter' && !from.hasAttribute('aria-activedescendant')) {
      [to] = emojiIn(root.querySelector('.tabpanel .emoji-menu'));
      to?.click();
    }
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    to.focus();
  };
  // On its way down, before the picker's own.
  picker.addEventListener('keydown', onKeyDown, { capture: true });
  return () => picker.removeEventListener('keydown', onKeyDown, { capture: true });
}
