/** Runs in the page from its first moment: when the list is drawn, and what moved. */

export interface Meter {
  /** Resolves with the milliseconds since the navigation began, when the list is drawn. */
  readonly drawn: Promise<number>;
  /** Of the page, as Core Web Vitals count it, and what moved. */
  shift: number;
  readonly shifted: string[];
}

declare global {
  var meter: Meter;
}

/** Serialised by Playwright, so it stands alone. A list counts as drawn with its names, what was last said, and what is unread. */
export function installMeter(rows: number): void {
  let tellDrawn: (ms: number) => void = () => undefined;
  const meter: Meter = { drawn: new Promise((resolve) => (tellDrawn = resolve)), shift: 0, shifted: [] };
  globalThis.meter = meter;

  interface Shift extends PerformanceEntry {
    readonly value: number;
    readonly hadRecentInput: boolean;
    readonly sources: readonly { readonly node: Node | null }[];
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as Shift;
      if (shift.hadRecentInput) continue;
      meter.shift += shift.value;
      for (const { node } of shift.sources) if (node instanceof Element) meter.shifted.push(node.className);
    }
  }).observe({ type: 'layout-shift', buffered: true });

  const isDrawn = (): boolean => {
    const drawn = [...document.querySelectorAll('.chat-list [role=listitem]')].filter(
      (row) => row.querySelector('.list-row-title')?.textContent !== '' && row.querySelector('bdi')?.textContent !== '',
    );
    return drawn.length >= rows && document.title.startsWith('(');
  };
  const look = new MutationObserver(() => {
    if (!isDrawn()) return;
    look.disconnect();
    // What follows a frame comes after it was drawn.
    requestAnimationFrame(() => setTimeout(() => tellDrawn(performance.now())));
  });
  look.observe(document, { subtree: true, childList: true, characterData: true });
}
