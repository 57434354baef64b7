/**
 * The form in which texts and phrases are compared: well-formed, composed (NFC), lower case, every run of white space one space, none
 * at the ends. Everything else is as it was written: ü is not u, ß is not ss, and punctuation counts.
 */
export const normalise = (text: string): string => folded(text.toWellFormed()).trim();

const WHITE_SPACE = /[\s\u0085]+/gu;
/** Most texts have nothing but single spaces between their words; replacing each by itself would take half of the time. */
const OTHER_THAN_SPACES = /[^\S ]|\u0085|  /u;

/** A sigma is written otherwise at the end of a word, where an unfinished phrase may not know of one. */
const FINAL_SIGMA = /ς/gu;

/** Without the trim, so that a text may be folded part by part. */
export function folded(text: string): string {
  const form = text.toLowerCase().normalize('NFC').replace(FINAL_SIGMA, 'σ');
  return OTHER_THAN_SPACES.test(form) ? form.replace(WHITE_SPACE, ' ') : form;
}
