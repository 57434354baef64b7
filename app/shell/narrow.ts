/** Whether there is room for one screen at a time only; the same bound as in the style sheets. */
import { createSignal } from 'solid-js';

const query = matchMedia('(width < 900px)');
const [narrow, setNarrow] = createSignal(query.matches);
// As long as the page.
query.addEventListener('change', () => setNarrow(query.matches));

export const isNarrow = narrow;
