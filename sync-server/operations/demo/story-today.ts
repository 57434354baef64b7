/** The last hour of the story, written by hand: what a visitor of the demo looks at first. */
import type { StoryMessage } from './story.ts';

const MINUTE_MS = 60_000;

interface Line {
  /** The other person of a chat with the first one of the first company; undefined: everybody. */
  readonly with?: number;
  readonly author: number;
  readonly minutesAgo: number;
  readonly text: string;
  readonly edited?: string;
  /** Minutes that it waited for a network. */
  readonly waited?: number;
  readonly liked?: string;
}

const LINES: readonly Line[] = [
  {
    author: 3,
    minutesAgo: 58,
    text: 'Guten Morgen zusammen! Die Fotos der Rosenallee sind da: https://bilder.example/rosenallee-7?woche=47',
  },
  { author: 0, minutesAgo: 55, text: 'Sehr schön, die nehmen wir. Bitte bis heute Abend ins Exposé.', liked: '👍' },
  {
    with: 1,
    author: 1,
    minutesAgo: 52,
    waited: 27,
    text: 'Zählerstände Lindenstraße 12: Strom 48.213, Wasser 1.107, Gas steht still. Hier unten ist kein Netz.',
  },
  { with: 2, author: 2, minutesAgo: 44, text: 'Could you take the viewing on Friday? The Winklers asked for you.' },
  {
    with: 2,
    author: 0,
    minutesAgo: 41,
    text: 'Sure. Two o’clock?',
    edited: 'Sure. Half past two would be better, I’m at the notary before.',
  },
  {
    with: 1,
    author: 0,
    minutesAgo: 21,
    text: 'Danke, habe ich eingetragen. Ist der Schlüssel noch beim Hausmeister?',
    liked: '🙏',
  },
  {
    with: 1,
    author: 1,
    minutesAgo: 19,
    text: 'Er hat ihn bis sechs. Danach liegt er im Schlüsseltresor.\nDer Code steht in https://intern.example/schluessel/I-AF437.',
  },
  { with: 1, author: 0, minutesAgo: 18, text: 'Perfekt.' },
  { author: 2, minutesAgo: 14, text: 'The bank has confirmed for RE#BK2210, so we can book the notary.' },
  { author: 4, minutesAgo: 12, text: 'Großartig! Ich rufe gleich die Eigentümer an.', liked: '🎉' },
  { with: 3, author: 3, minutesAgo: 9, text: 'Hast du die Teilungserklärung für die Parkstraße?' },
  { with: 3, author: 0, minutesAgo: 8, text: 'Kommt heute Nachmittag von der Hausverwaltung.' },
  { with: 2, author: 2, minutesAgo: 6, text: 'Perfect, half past two it is.' },
  { with: 2, author: 2, minutesAgo: 5, text: 'They bring their architect along 🏠' },
  { with: 1, author: 1, minutesAgo: 2, text: 'Bin gegen fünf wieder im Büro.' },
];

/** In the order of their arrival. */
export function tellToday(untilMs: number): StoryMessage[] {
  const messages = LINES.map((line): StoryMessage => {
    const writtenMs = untilMs - line.minutesAgo * MINUTE_MS;
    const other = line.with;
    // The first person is the one who looks at it, and would have read what they like.
    const liker = other === undefined || line.author === 0 ? (other ?? 1) : 0;
    return {
      chat:
        other === undefined ? { kind: 'internal', company: 0 } : { kind: 'private', company: 0, people: [0, other] },
      author: line.author,
      writtenMs,
      arrivedMs: writtenMs + (line.waited === undefined ? 400 : line.waited * MINUTE_MS),
      text: line.text,
      ...(line.edited === undefined ? {} : { edited: line.edited }),
      reactions: line.liked === undefined ? [] : [{ person: liker, emoji: line.liked }],
    };
  });
  return messages.toSorted((one, later) => one.arrivedMs - later.arrivedMs);
}
