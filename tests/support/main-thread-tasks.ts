/**
 * What the page's main thread has done, task by task, from the browser's own trace. The time of a task is the processor's, so that
 * other programs on the machine don't count; what the browser adds to slow the page down does.
 */
import type { CDPSession } from 'playwright';
import { rounded } from './figures.ts';

/** One task of the event loop, and what of it was what. */
export interface Task {
  readonly ms: number;
  /** As the clock on the wall saw it. */
  readonly wallMs: number;
  /** Garbage collection, wherever in the task it fell: part of every program, and whose garbage it was can't be told. */
  readonly garbageMs: number;
  /**
   * The browser's own: that it leaves one page for the next, but for what it reads in the page's file; contexts that it makes for the
   * page and for its driver; what its tools ask of the page.
   */
  readonly browserMs: number;
  /** Layout and painting, scripts, garbage collection; outermost parts only. */
  readonly parts: readonly { readonly name: string; readonly ms: number }[];
}

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
}

const CATEGORIES = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'v8.execute',
  // Contexts.
  'v8',
  'disabled-by-default-v8.gc',
  'disabled-by-default-devtools.timeline',
  '__metadata',
];
const TASK = 'ThreadControllerImpl::RunTask';
/** What the browser's tools call the same task. */
const ALIAS = 'RunTask';
/** What the browser calls a collection and its stages; the outermost of them counts. */
const GARBAGE = /^(?:MinorGC|MajorGC|V8\.GC)/;
const BROWSER = /^(?:LocalWindowProxy::Initialize|V8\.InvokeApiInterruptCallbacks)$/;
/** Who asks the page to give way to the next. */
const NAVIGATION = 'content.mojom.NavigationClient';
/** What of that is the page's: its file, and what that names. */
const READING = /^(?:HTMLDocumentParser::|ParseHTML|EvaluateScript)/;
/** Shorter ones are of no interest to anybody. */
const SHOWN_MS = 1;

/** Traces until told to stop; then tells the tasks of the page in `session`, the longest first. */
export async function traceTasks(session: CDPSession): Promise<() => Promise<readonly Task[]>> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { readonly value: readonly object[] }): void => {
    events.push(...(value as readonly TraceEvent[]));
  };
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: [], recordMode: 'recordUntilFull' },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
    await session.send('Tracing.end');
    await complete;
    session.off('Tracing.dataCollected', collect);
    return tasksOf(events);
  };
}

function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const byThread = Map.groupBy(
    events.filter(({ ph, pid, tid, dur }) => ph === 'X' && dur !== undefined && mains.has(`${pid}/${tid}`)),
    ({ pid, tid }) => `${pid}/${tid}`,
  );
  const tasks: Task[] = [];
  for (const thread of byThread.values()) {
    const inOrder = thread.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
    for (let at = 0; at < inOrder.length; at += 1) {
      const task = inOrder[at];
      if (task === undefined || task.name !== TASK) continue;
      const endTs = task.ts + (task.dur ?? 0);
      const parts: { name: string; ms: number }[] = [];
      let [partEnd, asideEnd, readEnd, garbageMs, browserMs] = [0, 0, 0, 0, 0];
      for (let next = at + 1; next < inOrder.length; next += 1) {
        const part = inOrder[next];
        if (part === undefined || part.ts >= endTs) break;
        if (isNavigation(part) && part.ts >= asideEnd) {
          browserMs += msOf(part);
          asideEnd = part.ts + (part.dur ?? 0);
        } else if (READING.test(part.name) && part.ts < asideEnd && part.ts >= readEnd) {
          browserMs -= msOf(part);
          readEnd = part.ts + (part.dur ?? 0);
        }
        if (part.ts >= asideEnd && (GARBAGE.test(part.name) || BROWSER.test(part.name))) {
          asideEnd = part.ts + (part.dur ?? 0);
          if (BROWSER.test(part.name)) browserMs += msOf(part);
          else garbageMs += msOf(part);
        }
        if (part.ts < partEnd || part.name === TASK || part.name === ALIAS || msOf(part) < SHOWN_MS) continue;
        partEnd = part.ts + (part.dur ?? 0);
        parts.push({ name: nameOf(part), ms: msOf(part) });
      }
      tasks.push({ ms: msOf(task), wallMs: (task.dur ?? 0) / 1_000, garbageMs, browserMs, parts });
    }
  }
  return tasks.toSorted((a, b) => b.ms - a.ms);
}

const isNavigation = ({ args }: TraceEvent): boolean => args?.chrome_mojo_event_info?.mojo_interface_tag === NAVIGATION;

/** What of a task was the page's. */
export const ownMsOf = ({ ms, garbageMs, browserMs }: Task): number => ms - garbageMs - browserMs;

const msOf = ({ dur, tdur }: TraceEvent): number => (tdur ?? dur ?? 0) / 1_000;

/** For who wants to know what took long. */
export const describeTask = ({ ms, wallMs, garbageMs, browserMs, parts }: Task): string =>
  `${rounded(ms)} ms (${rounded(wallMs)} on the wall, ${rounded(garbageMs)} collecting garbage, ${rounded(browserMs)} the browser's): ` +
  parts.map((part) => `${part.name} ${rounded(part.ms)}`).join(', ');

function nameOf({ name, args }: TraceEvent): string {
  const data = args?.data;
  const what = data?.['functionName'] ?? data?.['type'];
  const where = data?.['columnNumber'];
  return `${name}${typeof what === 'string' && what !== '' ? ` ${what}` : ''}${typeof where === 'number' ? `@${where}` : ''}`;
}
