/** Keys of one sign can be hit by accident, by voice above all: who wants can switch `?` off on this device (WCAG 2.1.4). */
import { createSignal } from 'solid-js';

const KEY = 'hausfunk.question-mark';
const [works, setWorks] = createSignal(localStorage.getItem(KEY) !== 'off');

export const questionMarkWorks = works;

export function letQuestionMarkWork(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'off');
  setWorks(on);
}
