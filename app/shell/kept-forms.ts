/**
 * What stands half-typed in a form when the page reloads, for an update or by hand: kept for this tab and put back when the form is
 * there again. Passwords are not.
 */
import { onCleanup } from 'solid-js';
import * as v from 'valibot';
import { keepBeforeLeaving } from './unsaved.ts';

const PREFIX = 'hausfunk.form.';
const FIELDS =
  'input[name]:not([type=password],[autocomplete$=password],[type=radio],[type=checkbox],[type=file]), textarea[name]';
const KEPT = v.record(v.string(), v.string());

const fieldsOf = (form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] =>
  Array.from(form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(FIELDS));

function readKept(name: string): Readonly<Record<string, string>> {
  const json = sessionStorage.getItem(PREFIX + name);
  sessionStorage.removeItem(PREFIX + name);
  if (json === null) return {};
  const kept = v.safeParse(KEPT, JSON.parse(json));
  return kept.success ? kept.output : {};
}

/** For a form's `ref`: `<form ref={keepForm('profile')}>`. What was kept comes back as if it were typed. */
export function keepForm(name: string): (form: HTMLFormElement) => void {
  return (form) => {
    const before = new Map<string, string>();
    const keep = (): void => {
      if (!form.isConnected) return;
      const typed = fieldsOf(form).filter((field) => field.value !== (before.get(field.name) ?? field.defaultValue));
      if (typed.length === 0) return;
      sessionStorage.setItem(
        PREFIX + name,
        JSON.stringify(Object.fromEntries(typed.map((field) => [field.name, field.value]))),
      );
    };
    // After the form's own values are in their fields.
    queueMicrotask(() => {
      for (const field of fieldsOf(form)) before.set(field.name, field.value);
      const kept = readKept(name);
      for (const field of fieldsOf(form)) {
        const value = kept[field.name];
        if (value === undefined || value === field.value) continue;
        field.value = value;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    });
    addEventListener('pagehide', keep);
    const forget = keepBeforeLeaving(() => Promise.resolve(keep()));
    onCleanup(() => {
      removeEventListener('pagehide', keep);
      forget();
    });
  };
}
