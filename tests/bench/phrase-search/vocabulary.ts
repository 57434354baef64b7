/**
 * Two million words, the most frequent first: German and English ones that hold every language together, then what is made up: compounds,
 * family names, numbers and slips of the finger. The same rank is always the same word, and none is kept.
 */

const FREQUENT =
  'ich die und das der ist nicht du the zu es in den to hat so mit noch auf wir was ja a für schon dann and am auch ein im aber bei of mal von wie heute is morgen kann eine you nur an doch wenn hab mir bitte um sie for nach immer hier it da mich er gut uhr jetzt on wird alle uns muss wieder mehr als that aus oder be geht dir we war gerade sind habe einen at dem danke kein zum have haben machen gleich this okay with vom über bis da war zur ganz wo will ok not gibt sehr vor weil are warum eben wer beim gestern später been kommt hast würde unser bin can mein einfach über’s ihr vielleicht were meine könnte alles dass nichts zwei ihn euch viel gerne weiß keine werden soll erst nächste wäre per ab pro früh ob dein drei seit unten oben gegen durch sein will nun dort she leider glaube tut'.split(
    ' ',
  );

const BEGINNINGS =
  'Haus Tür Schlüssel Garten Küchen Keller Dach Fenster Heizungs Wohnungs Miet Kauf Vertrags Termin Büro Auto Garagen Bau Grund Boden Wasser Strom Gas Licht Wand Treppen Flur Hof Zaun Straßen Brücken Bahn Schul Kinder Hunde Wetter Sonnen Regen Schnee Urlaubs Reise Arbeits Zeit Geld Bank Steuer Rechnungs Versicherungs Brief Post Paket Telefon Netz Rechner Drucker Papier Bücher Zeitungs Musik Film Sport Fuß Hand Kopf Herz Augen Zahn Arzt Kranken Apotheken Lebens Essens Frühstücks Kaffee Tee Brot Käse Fleisch Gemüse Obst Apfel Kirsch Nuss Holz Stein Metall Glas Farb Möbel Tisch Stuhl Bett Schrank Teppich Lampen Uhren Werkzeug Maschinen Motor Rad Reifen Tank Öl Wald Berg See Fluss Küsten Insel Stadt Dorf Markt Laden Preis'.split(
    ' ',
  );
const MIDDLES =
  'verwaltungs besitzer anlagen reparatur planungs prüfungs abrechnungs lieferungs übergabe wechsel schutz ordnungs nutzungs meldungs sicherungs bereichs gruppen wert stand jahres'.split(
    ' ',
  );
const ENDINGS =
  'tür schlüssel plan raum platz preis vertrag termin meister besitzer verwaltung kosten karte liste tasche wand decke boden schein brief bogen nummer frage antwort lage stelle schaden fehler dienst kasse schule halle brücke weg gasse ecke seite kante größe höhe länge menge farbe form art zeit woche tag nacht stunde pause fahrt reise strecke leitung rohr kabel dose lampe birne schalter hahn griff bügel rahmen glas scheibe folie matte kissen decken bezug stoff leder papier rolle blatt block heft mappe ordner kiste korb sack eimer schlauch pumpe kessel ofen herd topf pfanne teller löffel messer gabel tasse becher flasche'.split(
    ' ',
  );
const FORMS = ['', '', '', '', 'en', 's', 'n', 'chen', 'los', 'frei', 'mäßig', 'e'];

const STEMS =
  'such find bring hol stell leg setz häng zieh schieb heb trag fahr lauf geh komm schreib les rechn zähl mess wieg schneid kleb näh mal putz wasch trockn koch back brat press misch rühr füll leer bau brech bieg dreh klopf bohr schraub löt schweiß reib schleif polier lack streich spann lös bind knüpf'.split(
    ' ',
  );
const PREFIXES = [
  '',
  'ab',
  'an',
  'auf',
  'aus',
  'be',
  'ein',
  'ent',
  'er',
  'um',
  'ver',
  'vor',
  'zer',
  'zu',
  'nach',
  'weg',
];
const ACTIONS = ['en', 't', 'st', 'ung', 'te', 'bar', 'er', 'ten', 'end', 'erin', 'e', 'lich'];

const ENGLISH_STEMS =
  'work play call mail check print plan order pay rent lock open clean paint move park drive train market house room door key floor wall light water heat power phone desk board group team client owner agent deal price offer contract note file list page report photo scan'.split(
    ' ',
  );
const ENGLISH_FORMS = ['', 's', 'ed', 'ing', 'er', 'ers', 'able', 'less', ' up', ' out', '-off', 'ment'];

const SYLLABLES =
  'ba bel ber bor brin dan der dok ein fal fen gar ger hal hem hol jan kar kel kie kor kra lan lem lin lo mar mei mol nau ner nie os pet pol ra rei ros sal schu se stei tal tho ul wal wei wie zan zim özt yıl łu çe ñe vić'.split(
    ' ',
  );
const NAME_ENDINGS = ['mann', 'er', 'sen', 'ski', 'ow', 'ner', 'oğlu', 'berg', 'stein', 'hoff', '', 'witz', 'ák', 'ez'];

/** How many words there are. */
const SIZE = 2_000_000;
/** Lifts the most frequent ones to a share as in real talk: one of twenty words is the first one. */
const SHIFT = 1;

/** The rank of a word, by Zipf: a word of rank n is 1/n as frequent as the first. */
export const frequentRank = (unit: number): number => Math.floor(SHIFT * ((SIZE + SHIFT) / SHIFT) ** unit - SHIFT);

/** Mixes a number so that neighbours have nothing in common; 32 bits. */
export function scattered(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Takes digits of changing base from a number, each telling which of some words is taken. */
function drawer(from: number): (words: readonly string[]) => string {
  let left = from;
  return (words) => {
    const word = words[left % words.length] ?? '';
    left = Math.floor(left / words.length);
    return word;
  };
}

/** The word of a rank. */
export function wordOf(rank: number): string {
  const frequent = FREQUENT[rank];
  if (frequent !== undefined) return frequent;
  const scatter = scattered(rank);
  const draw = drawer(Math.floor(scatter / 100) + rank);
  const kind = scatter % 100;
  if (kind < 30) return beginning(draw) + draw(ENDINGS) + draw(FORMS);
  if (kind < 42) return beginning(draw) + draw(MIDDLES) + draw(ENDINGS) + draw(FORMS);
  if (kind < 58) return draw(PREFIXES) + draw(STEMS) + draw(ACTIONS);
  if (kind < 68) return draw(ENGLISH_STEMS) + draw(ENGLISH_FORMS);
  if (kind < 86)
    return capital(
      draw(SYLLABLES) + draw(SYLLABLES) + draw(SYLLABLES).slice(0, 1 + (scatter & 1)) + draw(NAME_ENDINGS),
    );
  if (kind < 92) return String(scatter % (10 * rank));
  return slipped(wordOf(scatter % (rank >> 1)), scatter);
}

/** Of the compounds a third begin with a common noun, the others with any: else all rare words would have the same few beginnings. */
function beginning(draw: (words: readonly string[]) => string): string {
  const kind = draw(['common', 'noun', 'verb']);
  if (kind === 'common') return draw(BEGINNINGS);
  return capital(kind === 'noun' ? draw(ENDINGS) + draw(['', 's', 'n']) : `${draw(PREFIXES)}${draw(STEMS)}ungs`);
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Two letters in the wrong order, one too many or one too few. */
function slipped(word: string, scatter: number): string {
  const at = 1 + (scatter % Math.max(1, word.length - 1));
  const [one, other] = [word.charAt(at), word.charAt(at - 1)];
  if (scatter % 3 === 0) return word.slice(0, at) + word.slice(at + 1);
  return word.slice(0, at - 1) + (scatter % 3 === 1 ? one + other : other + other + one) + word.slice(at + 1);
}
