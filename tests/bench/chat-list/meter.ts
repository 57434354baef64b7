/** Runs in the page from its first moment: when the list is drawn, how long the main thread was taken, and what moved. */

export interface Meter {
  /** Since the navigation began; undefined until the list is drawn. */
  drawnMs: number | undefined;
  /** Milliseconds of main thread without a break, each over 50 ms, and whose scripts they were. */
  readonly longTasks: { startMs: number; durationMs: number; scripts: string[] }[];
  /** Of the page, as Core Web Vitals count it, and what moved. */
  shift: number;
  readonly shifted: string[];
  /** Of every key: from the key to the end of its handlers, and to the next frame. */
  readonly keys: { scriptMs: number; frameMs: number }[];
}

declare global {
  var meter: Meter;
}

/** Serialised by Playwright, so it stands alone. A list counts as drawn with its names, what was last said, and what is unread. */
export function installMeter(rows: number): void {
  const meter: Meter = { drawnMs: undefined, longTasks: [], shift: 0, shifted: [], keys: [] };
  globalThis.meter = meter;

  interface LongFrame extends PerformanceEntry {
    readonly scripts: readonly { readonly invoker: string; readonly sourceURL: string; readonly duration: number }[];
  }
  interface Shift extends PerformanceEntry {
    readonly value: number;
    readonly hadRecentInput: boolean;
    readonly sources: readonly { readonly node: Node | null }[];
  }
  const observe = (type: string, see: (entry: PerformanceEntry) => void, options = {}): void => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) see(entry);
    }).observe({ type, buffered: true, ...options });
  };
  observe('longtask', (entry) => {
    meter.longTasks.push({ startMs: entry.startTime, durationMs: entry.duration, scripts: [] });
  });
  observe('long-animation-frame', (entry) => {
    for (const script of (entry as LongFrame).scripts) {
      if (script.duration < 25) continue;
      const words = `${script.invoker} ${script.sourceURL.split('/').at(-1)} ${Math.round(script.duration)}`;
      const task = meter.longTasks.find(
        ({ startMs, durationMs }) =>
          startMs + durationMs > entry.startTime && startMs < entry.startTime + entry.duration,
      );
      task?.scripts.push(words);
    }
  });
  observe('layout-shift', (entry) => {
    const shift = entry as Shift;
    if (shift.hadRecentInput) return;
    meter.shift += shift.value;
    for (const { node } of shift.sources) if (node instanceof Element) meter.shifted.push(node.className);
  });
  observe(
    'event',
    (entry) => {
      if (entry.name !== 'keydown' && entry.name !== 'input') return;
      const { processingEnd, processingStart, duration } = entry as PerformanceEventTiming;
      meter.keys.push({ scriptMs: processingEnd - processingStart, frameMs: duration });
    },
    { durationThreshold: 16 },
  );

  const isDrawn = (): boolean => {
    const drawn = [...document.querySelectorAll('.chat-list [role=listitem]')].filter(
      (row) => row.querySelector('.list-row-title')?.textContent !== '' && row.querySelector('bdi')?.textContent !== '',
    );
    return drawn.length >= rows && document.title.startsWith('(');
  };
  const look = new MutationObserver(() => {
    if (meter.drawnMs !== undefined || !isDrawn()) return;
    look.disconnect();
    // What follows a frame comes after it was drawn.
    requestAnimationFrame(() => setTimeout(() => (meter.drawnMs = performance.now())));
  });
  look.observe(document, { subtree: true, childList: true, characterData: true });
}
