/**
 * What people write to each other besides their trade's set phrases, which are the corpus' own: any words, by Zipf, each with some that
 * like to follow it; names of streets, references, addresses of pages, prices, emoji, and now and then another script.
 */
import type { Random } from '../../support/random.ts';
import { frequentRank, scattered, wordOf } from './vocabulary.ts';

const EMOJI = '👍 😂 ❤️ 🙏 😅 🙂 😊 🎉 👌 🔑 😀 🤔 😢 🏠 👋🏽 🚗 ☀️ 📸 ✅ 👨‍👩‍👧 🇩🇪 💪🏽 🥳 🤷‍♀️ 🐕 🍕 ☕ ⛄ 🛠️ 📦'.split(' ');
const MARKS = ['.', '.', '.', '.', '!', '?', '...', '', '', '', '!!', ' :-)', ' ;)', '?!', ' ^^'];
const BETWEEN = [', ', ', ', ': ', ' - ', ' (', '; ', ' / ', ' & ', ' "'];
const STREET_ENDINGS = ['str.', 'straße', 'weg', 'gasse', 'allee', 'ring', 'platz', '-Straße'];
const RECORDS = ['K', 'R', 'A', 'I', 'T', 'RE'];
const HOSTS = ['example.org', 'karten.example.com', 'www.example.de', 'bilder.example.net'];

/** Characters of a script with how its words are put together. */
const SCRIPTS: readonly {
  readonly characters: string;
  readonly word: readonly [number, number];
  readonly space: string;
}[] = [
  {
    characters:
      '的我是在有你不了他们这来上个到说大为子中和地出时也要就可以会家天能对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开',
    word: [4, 12],
    space: '，',
  },
  {
    characters:
      'のはにをたがでてとしれさあいうこるんなかりもきくすそだよまえ日本人大年中会出来時分東京行見電話部屋鍵家車駅',
    word: [5, 14],
    space: '、',
  },
  { characters: 'اتمنلريوهبعدسفقحكشجصخطغزضثظ', word: [2, 6], space: ' ' },
  { characters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюц', word: [2, 8], space: ' ' },
  { characters: 'กขคงจชดตทนบปพมยรลวสหอ', word: [5, 12], space: ' ' },
];

/** The most frequent of some, first: half of the time the first half, and so on. */
const early = (random: Random, count: number): number => Math.floor(count * random.unit() ** 2.5);

const FOLLOWERS = 8;
const FOLLOWED = 0.4;
const FOREIGN = 0.015;

/** A text of 5 to 400 characters. */
export function talk(random: Random): string {
  if (random.chance(FOREIGN)) return foreign(random);
  const sentences = random.pick([1, 1, 1, 1, 2, 2, 3]);
  let text = '';
  for (let number = 0; number < sentences; number += 1) {
    if (number > 0) text += random.chance(0.1) ? '\n' : ' ';
    text += sentence(random);
  }
  return random.chance(0.12) ? `${text} ${EMOJI[early(random, EMOJI.length)] ?? ''}` : text;
}

function sentence(random: Random): string {
  const length = 1 + Math.floor(9 * random.unit() ** 1.5);
  let rank = frequentRank(random.unit());
  let text = wordOf(rank);
  for (let number = 1; number < length; number += 1) {
    // Words keep company: without this no phrase of rare words would ever be written twice.
    const next = random.chance(FOLLOWED)
      ? scattered(rank * FOLLOWERS + early(random, FOLLOWERS)) / 2 ** 32
      : random.unit();
    rank = frequentRank(next);
    const written = random.chance(0.05) ? special(random) : wordOf(rank);
    text += (random.chance(0.08) ? random.pick(BETWEEN) : ' ') + written;
  }
  return text.charAt(0).toUpperCase() + text.slice(1) + random.pick(MARKS);
}

/** What is neither a word nor a number alone. */
function special(random: Random): string {
  const name = wordOf(frequentRank(0.5 + random.unit() / 2));
  const number = random.integer(1, 9_999);
  switch (random.integer(0, 6)) {
    case 0:
      return `${name}${random.pick(STREET_ENDINGS)} ${random.integer(1, 180)}${random.pick(['', '', '', 'a', 'b'])}`;
    case 1:
      return `${random.pick(RECORDS)}#${number}`;
    case 2:
      return `R#20${random.integer(19, 26)}-${String(random.integer(1, 12)).padStart(2, '0')}-${random.integer(100, 999)}`;
    case 3:
      return `https://${random.pick(HOSTS)}/${name.toLowerCase()}/${random.uint32().toString(36)}?id=${number}`;
    case 4:
      return `${number},${String(random.integer(0, 99)).padStart(2, '0')} €`;
    case 5:
      return `${name.toLowerCase()}@example.org`;
    default:
      return `${random.integer(1, 28)}.${random.integer(1, 12)}.`;
  }
}

function foreign(random: Random): string {
  const { characters, word, space } = random.pick(SCRIPTS);
  const letters = characters.split('');
  const one = (): string =>
    Array.from({ length: random.integer(...word) }, () => letters[early(random, letters.length)] ?? '').join('');
  return Array.from({ length: random.integer(1, 6) }, one).join(space);
}
