import { onMount, Show, type JSX } from 'solid-js';
import { IconLink } from './Button.tsx';
import { useScreenTitle } from './screen-title.ts';
import './screen.css';

interface ScreenProps {
  readonly title: string;
  readonly detail?: string | undefined;
  /** On narrow screens it takes the place of the detail, so that nothing jumps. */
  readonly notice?: string | undefined;
  /** Where "back" leads on narrow screens. */
  readonly back: { readonly href: string; readonly label: string };
  readonly lead?: JSX.Element;
  /** What one can do here: icon buttons and a menu at the end of the header. */
  readonly actions?: JSX.Element;
  readonly children: JSX.Element;
}

/** One screen beside or over the list: a header with its name, and what it holds. */
export function Screen(props: ScreenProps): JSX.Element {
  let heading: HTMLHeadingElement | undefined;
  useScreenTitle(() => props.title);
  onMount(() => {
    // Where a screen replaces the one before, a screen reader goes on with its name.
    if (matchMedia('(width < 900px)').matches) heading?.focus({ preventScroll: true });
  });
  return (
    <>
      <header class="screen-head">
        <IconLink class="screen-back" icon="back" label={props.back.label} href={props.back.href} />
        {props.lead}
        <div class="screen-words">
          <h1
            dir="auto"
            tabindex={-1}
            ref={(element) => {
              heading = element;
            }}
          >
            {props.title}
          </h1>
          <Show when={props.notice}>{(notice) => <p class="screen-notice">{notice()}</p>}</Show>
          <Show when={props.detail}>{(detail) => <p dir="auto">{detail()}</p>}</Show>
        </div>
        <Show when={props.actions}>{(actions) => <div class="screen-actions">{actions()}</div>}</Show>
      </header>
      {props.children}
    </>
  );
}

/** A column of sections in the middle of a screen; it scrolls. */
export function Sheet(props: { readonly children: JSX.Element }): JSX.Element {
  return (
    <div class="sheet">
      <div class="sheet-column">{props.children}</div>
    </div>
  );
}

export function Section(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  return (
    <section class="section">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}
