/**
 * Runs in the page beside the app and writes down what a person would notice: things that shift, and how far the
 * messages in view move from one painted frame to the next.
 */
export interface Recording {
  readonly layoutShift: number;
  readonly shifted: readonly string[];
  /** How far the messages in view moved, px, positive for downwards; one number for each painted frame in which they did. */
  readonly moves: readonly number[];
  readonly frames: number;
  /** Frames that had no message of the frame before in view, so that nobody can say how far they moved. */
  readonly lost: number;
  readonly longestFrameMs: number;
}

interface Seen {
  readonly tops: ReadonlyMap<string, number>;
}

const SHOWN = 10;

class Recorder {
  #layoutShift = 0;
  #shifted: string[] = [];
  #moves: number[] = [];
  #frames = 0;
  #lost = 0;
  #longestFrameMs = 0;
  #last: Seen | undefined;
  #lastMs = 0;
  #observers: PerformanceObserver[] = [];
  #running = false;

  start(): void {
    this.#layoutShift = 0;
    this.#shifted = [];
    this.#moves = [];
    this.#frames = this.#lost = this.#longestFrameMs = 0;
    this.#last = undefined;
    this.#lastMs = 0;
    this.#running = true;
    this.#observers = [
      this.#observe('layout-shift', (entry) => {
        if (Reflect.get(entry, 'hadRecentInput') === true) return;
        this.#layoutShift += Number(Reflect.get(entry, 'value'));
        this.#shifted.push(`by ${Number(Reflect.get(entry, 'value'))}: ${sourcesOf(entry)}`);
      }),
    ];
    this.#next();
  }

  async stop(): Promise<Recording> {
    // Entries are told a moment after what they are about.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300)));
    this.#running = false;
    for (const observer of this.#observers) observer.disconnect();
    return {
      layoutShift: this.#layoutShift,
      shifted: this.#shifted.slice(0, SHOWN),
      moves: this.#moves,
      frames: this.#frames,
      lost: this.#lost,
      longestFrameMs: this.#longestFrameMs,
    };
  }

  #observe(type: string, tell: (entry: PerformanceEntry) => void): PerformanceObserver {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tell(entry);
    });
    observer.observe({ type, buffered: false });
    return observer;
  }

  /** After the frame has been painted: what is laid out then is what was shown. */
  #next(): void {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        this.#look();
        if (this.#running) this.#next();
      });
      port1.start();
      port2.postMessage(0);
    });
  }

  #look(): void {
    const nowMs = performance.now();
    if (this.#lastMs > 0) this.#longestFrameMs = Math.max(this.#longestFrameMs, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    const seen = look();
    this.#frames += 1;
    if (this.#last !== undefined && seen !== undefined) {
      const moves: number[] = [];
      for (const [id, top] of seen.tops) {
        const before = this.#last.tops.get(id);
        if (before !== undefined) moves.push(top - before);
      }
      const [move] = moves;
      if (move === undefined) this.#lost += 1;
      else if (move !== 0) this.#moves.push(move);
    }
    this.#last = seen;
  }
}

function look(): Seen | undefined {
  const box = document.querySelector('.timeline-scroll');
  if (box === null) return undefined;
  const { top, bottom } = box.getBoundingClientRect();
  const tops = new Map<string, number>();
  for (const row of box.querySelectorAll<HTMLElement>('li[data-message]')) {
    const rect = row.getBoundingClientRect();
    const id = row.dataset['message'];
    if (id !== undefined && rect.bottom > top && rect.top < bottom && !row.hasAttribute('data-kept'))
      tops.set(id, rect.top);
  }
  return { tops };
}

const partsOf = (entry: PerformanceEntry, name: string): readonly object[] => {
  const parts: unknown = Reflect.get(entry, name);
  const all: readonly unknown[] = Array.isArray(parts) ? parts : [];
  return all.filter((part) => typeof part === 'object' && part !== null);
};

const rectOf = (source: object, name: string): string => {
  const rect: unknown = Reflect.get(source, name);
  return rect instanceof DOMRectReadOnly ? `${rect.left},${rect.top} (${rect.width} x ${rect.height})` : '?';
};

const sourcesOf = (entry: PerformanceEntry): string =>
  partsOf(entry, 'sources')
    .map((source) => {
      const node: unknown = Reflect.get(source, 'node');
      const name = node instanceof Element ? `${node.localName}.${node.className}` : 'something';
      return `${name} from ${rectOf(source, 'previousRect')} to ${rectOf(source, 'currentRect')}`;
    })
    .join(', ');

declare global {
  var scrollRecorder: Recorder;
}
globalThis.scrollRecorder = new Recorder();
