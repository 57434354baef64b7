import type { JSX } from 'solid-js';
import './icon.css';

/** The one icon set: 24 units, strokes of 2, drawn for this house. */
const PATHS = {
  back: 'M15 5 8 12l7 7',
  menu: 'M4 7h16M4 12h16M4 17h16',
  send: 'M4 12 20 4l-5 16-4-6-7-2Zm7 2 9-10',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6M18 14.5c2 .8 3 2.8 3 5.5',
  house: 'M4 11 12 4l8 7v9h-5v-6H9v6H4v-9Z',
  gear: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  saving: 'M12 5v4M12 15v4M5 12h4M15 12h4',
  waiting: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 2',
  sent: 'm5 12.5 4.5 4.5L19 7.5',
  failed: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.5M12 16.4v.1',
  earlier: 'm6 12 6-6 6 6M6 19l6-6 6 6',
  latest: 'm6 9 6 6 6-6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  offline: 'M3 3l18 18M8.5 15a5 5 0 0 1 6 .4M5 11.5a10 10 0 0 1 4-2.4M19 11.5a10 10 0 0 0-6-2.9M12 19v.1',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the name stands in the text or in the label of what carries it. */
export function Icon(props: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[props.name]} />
    </svg>
  );
}
