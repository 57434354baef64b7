/** More are a text of a kind, and stay small. */
const MOST = 3;
/** Longer than three emoji of the longest kind; looking further would cost something with every message. */
const LONGEST = 64;
const EMOJI = /^(?:\p{RGI_Emoji}|\s)+$/v;
const segments = new Intl.Segmenter();

/** One to three emoji and nothing else: they are shown larger. */
export function isOnlyEmoji(text: string): boolean {
  if (text.length > LONGEST || !EMOJI.test(text)) return false;
  let count = 0;
  for (const { segment } of segments.segment(text)) if (segment.trim() !== '') count += 1;
  return count > 0 && count <= MOST;
}
