import { Index, Show, type JSX } from 'solid-js';
import { Badge } from './Badge.tsx';
import './tabs.css';

interface Tab<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count?: number;
  /** The number in words, for a screen reader. */
  readonly countLabel?: string;
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Tab<T>[];
  readonly onChoose: (value: T) => void;
  /** Id of what they switch. */
  readonly controls?: string;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** One stop of the Tab key; arrows go from tab to tab. */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const { currentTarget } = event;
    const rightToLeft = currentTarget.matches(':dir(rtl)');
    const step = (STEPS[event.key] ?? 0) * (rightToLeft ? -1 : 1);
    if (step === 0) return;
    event.preventDefault();
    const at = props.options.findIndex(({ value }) => value === props.value);
    const next = props.options[(at + step + props.options.length) % props.options.length];
    if (next === undefined) return;
    props.onChoose(next.value);
    currentTarget.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
      {/* By place: one that only has another number keeps its button, and the focus. */}
      <Index each={props.options}>
        {(option) => (
          <button
            type="button"
            role="tab"
            class="tab"
            aria-selected={props.value === option().value}
            aria-controls={props.controls}
            tabindex={props.value === option().value ? 0 : -1}
            onClick={() => props.onChoose(option().value)}
          >
            {option().label}
            <Show when={(option().count ?? 0) > 0}>
              <Badge count={option().count ?? 0} label={option().countLabel} look="alert" />
            </Show>
          </button>
        )}
      </Index>
    </div>
  );
}
