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

/** Results come a few frames after the last letter; nobody waits longer for a key to do something. */
const MOST_FRAMES = 120;
const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** Clicks; false when what was clicked on had just been replaced by other results, so that nothing was taken. */
async function isTaken(picker: HTMLElement, emoji: HTMLElement): Promise<boolean> {
  let taking: unknown;
  const onSync = (event: Event): void => {
    if (event instanceof CustomEvent) taking = event.detail;
  };
  picker.addEventListener('emoji-click-sync', onSync);
  emoji.click();
  picker.removeEventListener('emoji-click-sync', onSync);
  try {
    return (await taking) !== undefined;
  } catch {
    return false;
  }
}

/** The first of the results, as soon as there are any; not the first of what stood there before. */
async function takeFirst(picker: HTMLElement, input: HTMLInputElement): Promise<void> {
  const { value } = input;
  for (let frame = 0; frame < MOST_FRAMES && picker.isConnected && input.value === value; frame += 1) {
    const first = picker.shadowRoot?.querySelector<HTMLElement>('.tabpanel [role=option].emoji');
    if (first !== null && first !== undefined && (await isTaken(picker, first))) return;
    await nextFrame();
  }
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
      event.preventDefault();
      event.stopPropagation();
      void takeFirst(picker, from);
      return;
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
