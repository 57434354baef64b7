import { createEffect, createSignal, onCleanup, Show, type JSX } from 'solid-js';

type View<P> = (props: P) => JSX.Element;

export interface Later<P> {
  /** Draws nothing until the view is here; asks for it until it is. */
  readonly View: View<P>;
  /** Resolves when the view is here, and to nothing when it can't be had now: the next call tries again. */
  fetch(): Promise<View<P> | undefined>;
}

/** A part that could not be had, for want of network, is asked for again so often while somebody waits for it. */
const AGAIN_MS = 2_000;

const known = new Set<() => Promise<unknown>>();

/**
 * A part of the page that is fetched when it is first needed, so that a list can be drawn without it. Not Solid's `lazy`: that
 * would take away what is on the screen while it loads, and remember a failure forever.
 */
export function later<P extends object>(load: () => Promise<View<P>>): Later<P> {
  const [view, setView] = createSignal<View<P>>();
  let here: View<P> | undefined;
  const fetch = async (): Promise<View<P> | undefined> => {
    try {
      here ??= await load();
      setView(() => here);
      return here;
    } catch {
      return undefined;
    }
  };
  known.add(fetch);
  return {
    View: (props) => {
      createEffect(() => {
        if (view() !== undefined) return;
        void fetch();
        const again = setInterval(() => void fetch(), AGAIN_MS);
        onCleanup(() => clearInterval(again));
      });
      return <Show when={view()}>{(loaded) => loaded()(props)}</Show>;
    },
    fetch,
  };
}

/** Fetches all parts that come later, so that the first menu opens at once. For a moment when there is nothing else to do. */
export async function fetchAhead(): Promise<void> {
  for (const fetch of known) await fetch();
}
