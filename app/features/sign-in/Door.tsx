import type { JSX } from 'solid-js';
import { texts } from '../../i18n/language.ts';
import { LanguageChoice } from '../../shell/LanguageChoice.tsx';
import { useScreenTitle } from '../../ui/screen-title.ts';
import './door.css';

/** What stands before the house: one column, one thing to do. */
export function Door(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  useScreenTitle(() => props.title);
  return (
    <main class="door">
      <div class="door-column">
        <p class="door-product">{texts().product}</p>
        <h1>{props.title}</h1>
        {props.children}
        <LanguageChoice />
      </div>
    </main>
  );
}
