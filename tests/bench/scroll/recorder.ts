/**
 * Runs in the page beside the app and writes down what a person would notice: things that shift, and how far the
 * messages in view move from one painted frame to the next; for who follows the end, whether that is what is shown.
 */
export interface Recording {
  readonly layoutShift: number;
  readonly shifted: readonly string[];
  /** How far the messages in view moved, px, positive for downwards; one number for each painted frame in which they did. */
  readonly moves: readonly number[];
  readonly frames: number;
  /** Frames that had no message of the frame before in view, so that nobody can say how far they moved. */
  readonly lost: number;
  readonly following: Following;
  readonly longestFrameMs: number;
}

/** What is to be seen in each painted frame while the end is followed. */
export interface Following {
  /** How far the view was from the end, px. */
  readonly awayPx: number;
  /** How much higher or lower than in another frame its newest message stood, px. */
  readonly unevenPx: number;
  /** Messages that stood twice in a frame, in another order than before, or above one that had been in view before them. */
  readonly misplaced: number;
  /** Messages that came into view again after they had left it. */
  readonly again: number;
  /** The longest time without a newer message in view. */
  readonly longestWaitMs: number;
}

interface Seen {
  readonly tops: ReadonlyMap<string, number>;
  /** As they stand in view, from above; one that is there twice is told twice. */
  readonly ids: readonly string[];
  readonly awayPx: number;
  /** From the newest message's lower edge to the view's, whether it is in view or not. */
  readonly belowPx: number;
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
  /** All that have been in view, in the order in which they came. */
  #known = new Map<string, number>();
  #awayPx = 0;
  #belowPx: { least: number; most: number } = { least: Infinity, most: -Infinity };
  #misplaced = 0;
  #again = 0;
  #newestMs = 0;
  #longestWaitMs = 0;
  #observers: PerformanceObserver[] = [];
  #running = false;

  start(): void {
    this.#layoutShift = 0;
    this.#shifted = [];
    this.#moves = [];
    this.#frames = this.#lost = this.#longestFrameMs = 0;
    this.#last = undefined;
    this.#lastMs = 0;
    this.#known.clear();
    this.#belowPx = { least: Infinity, most: -Infinity };
    this.#awayPx = this.#misplaced = this.#again = this.#newestMs = this.#longestWaitMs = 0;
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
      following: {
        awayPx: this.#awayPx,
        unevenPx: Math.max(0, this.#belowPx.most - this.#belowPx.least),
        misplaced: this.#misplaced,
        again: this.#again,
        longestWaitMs: this.#longestWaitMs,
      },
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
    if (seen !== undefined) this.#follow(seen, nowMs);
    this.#last = seen;
  }

  #follow({ ids, awayPx, belowPx }: Seen, nowMs: number): void {
    this.#awayPx = Math.max(this.#awayPx, awayPx);
    this.#belowPx.least = Math.min(this.#belowPx.least, belowPx);
    this.#belowPx.most = Math.max(this.#belowPx.most, belowPx);
    if (this.#newestMs === 0) this.#newestMs = nowMs;
    let before = -1;
    let isNewer = false;
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known === undefined) {
        isNewer = true;
        before = this.#known.size;
        this.#known.set(id, before);
        continue;
      }
      // Below one that is new, or not below what it has stood below.
      if (known <= before) this.#misplaced += 1;
      before = known;
      if (this.#last?.tops.has(id) === false) this.#again += 1;
    }
    if (isNewer) this.#newestMs = nowMs;
    else this.#longestWaitMs = Math.max(this.#longestWaitMs, nowMs - this.#newestMs);
  }
}

function look(): Seen | undefined {
  const box = document.querySelector('.timeline-scroll');
  if (box === null) return undefined;
  const { top, bottom } = box.getBoundingClientRect();
  const tops = new Map<string, number>();
  const ids: string[] = [];
  let lowest = Number.NEGATIVE_INFINITY;
  for (const row of box.querySelectorAll<HTMLElement>('li[data-message]')) {
    const rect = row.getBoundingClientRect();
    const id = row.dataset['message'];
    if (id === undefined || row.hasAttribute('data-kept')) continue;
    lowest = Math.max(lowest, rect.bottom);
    if (rect.bottom <= top || rect.top >= bottom) continue;
    tops.set(id, rect.top);
    ids.push(id);
  }
  const awayPx = box.scrollHeight - box.clientHeight - box.scrollTop;
  return { tops, ids, awayPx, belowPx: bottom - lowest };
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
