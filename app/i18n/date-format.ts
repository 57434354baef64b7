import { createMemo, createRoot, type Accessor } from 'solid-js';
import { locale } from './language.ts';

/** A format in the language of the interface, made when it is first needed: a start needs few of them, and each takes its time. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Accessor<Intl.DateTimeFormat> {
  let made: Accessor<Intl.DateTimeFormat> | undefined;
  return () => {
    made ??= createRoot(() => createMemo(() => new Intl.DateTimeFormat(locale(), options)));
    return made();
  };
}
