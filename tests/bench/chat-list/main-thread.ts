/** What takes the main thread of a page for long, by Chromium's own trace: time of the thread, so that a busy machine doesn't count. */
import type { CDPSession } from 'playwright';

export interface Task {
  readonly ms: number;
  /** What the most of it was. */
  readonly doing: string;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time of the thread, microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string; readonly data?: { readonly type?: string; readonly url?: string } };
}

/** Below it nobody notices. */
const WORTH_TELLING_MS = 50;
/** Work of the devtools themselves, which a page without them doesn't have. */
const DEVTOOLS = 'V8.InvokeApiInterruptCallbacks';

/** Starts to watch; the answer ends it and tells the tasks of more than 50 ms, longest first. */
export async function watchMainThread(devtools: CDPSession): Promise<() => Promise<readonly Task[]>> {
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise<void>((resolve) => devtools.once('Tracing.tracingComplete', () => resolve()));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'toplevel', 'v8'] },
  });
  return async () => {
    await devtools.send('Tracing.end');
    await complete;
    return tasksOf(events);
  };
}

function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const threads = events.filter(
    ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain',
  );
  const isMain = ({ pid, tid }: TraceEvent): boolean => threads.some((one) => one.pid === pid && one.tid === tid);
  const whole = events.filter((event) => event.ph === 'X' && isMain(event));
  return whole
    .filter(({ name, tdur = 0 }) => name === 'ThreadControllerImpl::RunTask' && tdur > WORTH_TELLING_MS * 1_000)
    .map((task): Task => {
      const inside = whole.filter(
        (event) =>
          event.tid === task.tid &&
          event.pid === task.pid &&
          event.ts >= task.ts &&
          event.ts < task.ts + (task.dur ?? 0) &&
          !event.name.endsWith('RunTask'),
      );
      const ofDevtools = inside.filter(({ name }) => name === DEVTOOLS).reduce((sum, { tdur = 0 }) => sum + tdur, 0);
      const longest = inside.toSorted((one, other) => (other.tdur ?? 0) - (one.tdur ?? 0)).slice(0, 4);
      return {
        ms: ((task.tdur ?? 0) - ofDevtools) / 1_000,
        doing: longest
          .map(({ name, tdur = 0, args }) => `${name} ${args.data?.type ?? ''} ${Math.round(tdur / 1_000)}`)
          .join(', '),
      };
    })
    .filter(({ ms }) => ms > WORTH_TELLING_MS)
    .toSorted((one, other) => other.ms - one.ms);
}
