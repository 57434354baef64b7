/**
 * Messages as estate agents write them, German (70 %) and English: keys, viewings, owners, prices, notaries, records. Generated from
 * a seed, so that demo, tests and benches have the same texts everywhere, and as many as they want.
 */
import { ENGLISH } from './english.ts';
import { GERMAN } from './german.ts';
import { writeOut, type Fill, type Language } from './grammar.ts';
import { CITIES, COMPANY_FORMS, FIRST_NAMES_MEN, FIRST_NAMES_WOMEN, LAST_NAMES, STREETS } from './places-and-people.ts';
import type { Random } from './random.ts';

export type Speech = 'german' | 'english';

export interface CorpusPerson {
  readonly salutation: 'Frau' | 'Herr';
  readonly first: string;
  readonly last: string;
  readonly city: string;
}

/** What a run of messages is about; the same topic keeps street, record and people together. */
export interface Topic {
  readonly street: string;
  readonly city: string;
  /** The part of the property's record reference behind `I#` or `RE#`. */
  readonly record: string;
  readonly owner: CorpusPerson;
  readonly prospect: CorpusPerson;
  readonly priceEuro: number;
}

export interface Corpus {
  topic(): Topic;
  /** A message of 10 to 400 characters; without arguments in a mixed language about a topic of its own. */
  message(about?: { readonly topic?: Topic; readonly speech?: Speech; readonly colleague?: string }): string;
  person(): CorpusPerson;
  company(): string;
}

const GERMAN_SHARE = 0.7;
const MIN_LENGTH = 10;
const MAX_LENGTH = 400;

const EMOJI = ['👍', '🙂', '😀', '🙏', '🔑', '🏠', '☀️', '🎉', '😅', '📸', '🚗', '👋', '✅', '💪🏽', '👨‍👩‍👧', '🤝'];

const LANGUAGES: Readonly<Record<Speech, Language>> = { german: GERMAN, english: ENGLISH };

const GERMAN_DAYS = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'];
const ENGLISH_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const ENGLISH_MONTHS = ['Jan', 'Feb', 'March', 'April', 'May', 'June', 'July', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** 389000 -> 389.000 */
const grouped = (value: number, separator: string): string => String(value).replace(/\B(?=(\d{3})+$)/g, separator);

export function createCorpus(random: Random): Corpus {
  const person = (): CorpusPerson => {
    const isWoman = random.chance(0.5);
    return {
      salutation: isWoman ? 'Frau' : 'Herr',
      first: random.pick(isWoman ? FIRST_NAMES_WOMEN : FIRST_NAMES_MEN),
      last: random.pick(LAST_NAMES),
      city: random.pick(CITIES),
    };
  };

  const topic = (): Topic => ({
    street: `${random.pick(STREETS)} ${random.integer(1, 140)}${random.chance(0.15) ? random.pick(['a', 'b', 'c']) : ''}`,
    city: random.pick(CITIES),
    record: random.chance(0.6)
      ? `${random.pick(['AF', 'BK', 'EFH', 'GW', 'MH', 'W', 'ETW'])}${random.integer(100, 9_999)}`
      : String(random.integer(100, 99_999)),
    owner: person(),
    prospect: person(),
    priceEuro: random.integer(90, 1_250) * 1_000,
  });

  const time = (speech: Speech): string => {
    const hour = random.integer(8, 19);
    const minute = random.pick([0, 0, 0, 15, 30, 30, 45]);
    if (speech === 'english')
      return `${((hour + 11) % 12) + 1}${minute === 0 ? '' : `:${minute}`}${hour < 12 ? 'am' : 'pm'}`;
    return minute === 0 ? `${hour} Uhr` : `${hour}:${twoDigits(minute)} Uhr`;
  };

  const day = (speech: Speech): string => {
    const date = random.integer(1, 28);
    const month = random.integer(1, 12);
    const form = random.integer(0, 3);
    if (speech === 'english') {
      if (form === 0) return random.pick(['tomorrow', 'today', 'next week', 'on the weekend']);
      return form === 1 ? `on ${date} ${ENGLISH_MONTHS[month - 1] ?? ''}` : `on ${random.pick(ENGLISH_DAYS)}`;
    }
    if (form === 0) return random.pick(['morgen', 'heute', 'übermorgen', 'nächste Woche', 'morgen früh']);
    return form === 1 ? `am ${date}.${month}.` : `am ${random.pick(GERMAN_DAYS)}`;
  };

  /** Nominative, and the form after a preposition: Herr, Herrn. */
  const named = (someone: CorpusPerson, speech: Speech, isObject: boolean): string => {
    if (speech === 'english') return `${someone.salutation === 'Frau' ? 'Mrs' : 'Mr'} ${someone.last}`;
    return `${someone.salutation === 'Herr' && isObject ? 'Herrn' : someone.salutation} ${someone.last}`;
  };

  const fillFor = (about: Topic, speech: Speech, colleague: string): Fill => {
    const isGerman = speech === 'german';
    const money = (euro: number): string => (isGerman ? `${grouped(euro, '.')} €` : `€${grouped(euro, ',')}`);
    const slots: Readonly<Record<string, () => string>> = {
      colleague: () => colleague,
      neighbour: () => named(person(), speech, true),
      ownerName: () => named(about.owner, speech, false),
      ownerObject: () => named(about.owner, speech, true),
      prospectName: () => named(about.prospect, speech, false),
      prospectObject: () => named(about.prospect, speech, true),
      street: () => about.street,
      city: () => about.city,
      postcode: () => String(random.integer(10_115, 97_999)),
      property: () => `${isGerman ? 'I' : 'RE'}#${about.record}`,
      number: () => String(random.integer(11, 29_999)),
      small: () => String(random.integer(2, 9)),
      code: () => String(random.integer(1_000, 9_999)),
      time: () => time(speech),
      day: () => day(speech),
      deadline: () => day(speech).replace(/^(am|on) /, ''),
      price: () => money(about.priceEuro - random.integer(0, 8) * 5_000),
      rent: () => money(random.integer(38, 240) * 10),
      costs: () => money(random.integer(8, 45) * 10),
      squarePrice: () =>
        isGerman ? `${random.integer(7, 19)},${random.integer(0, 9)}0 €` : money(random.integer(7, 19)),
      percent: () => String(random.integer(60, 95)),
      area: () => String(random.integer(28, 260)),
      rooms: () => String(random.integer(1, 7)),
      year: () => String(random.integer(1_890, 2_025)),
      phone: () => `0${random.integer(151, 179)} ${random.integer(1_000_000, 99_999_999)}`,
      floor: () => {
        const storey = random.integer(1, 4);
        if (isGerman) return random.pick(['Erdgeschoss', 'Dachgeschoss', `${storey}. Stock`, 'Keller', 'Hinterhaus']);
        return random.pick(['ground floor', 'top floor', 'first floor', 'second floor', 'third floor']);
      },
    };
    return (slot) => {
      const fill = slots[slot];
      if (fill === undefined) throw new Error(`no such slot: ${slot}`);
      return fill();
    };
  };

  const compose = (language: Language, fill: Fill): string => {
    const write = (templates: readonly string[]): string => writeOut(random.pick(templates), random, fill);
    if (random.chance(0.18)) return write(language.replies) + (random.chance(0.12) ? ` ${random.pick(EMOJI)}` : '');
    const count = random.pick([1, 1, 1, 2, 2, 2, 3, 4]);
    const separator = random.chance(0.08) ? '\n' : ' ';
    const greeting = random.chance(0.22) ? write(language.greetings) : '';
    const sentences = Array.from({ length: count }, () => write(language.sentences))
      .join(separator)
      .trim();
    const closing = random.chance(0.12) ? write(language.closings) : '';
    const emoji = random.chance(0.07) ? ` ${random.pick(EMOJI)}` : '';
    return greeting + sentences + closing + emoji;
  };

  const message: Corpus['message'] = (about = {}) => {
    const speech = about.speech ?? (random.chance(GERMAN_SHARE) ? 'german' : 'english');
    const fill = fillFor(about.topic ?? topic(), speech, about.colleague ?? person().first);
    for (;;) {
      const text = compose(LANGUAGES[speech], fill)
        .replace(/^./u, (letter) => letter.toUpperCase())
        .replaceAll('..', '.');
      if (text.length >= MIN_LENGTH && text.length <= MAX_LENGTH) return text;
    }
  };

  const company = (): string => {
    const slots: Readonly<Record<string, readonly string[]>> = { name: LAST_NAMES, other: LAST_NAMES, city: CITIES };
    return writeOut(random.pick(COMPANY_FORMS), random, (slot) => random.pick(slots[slot] ?? []));
  };

  return { topic, message, person, company };
}
