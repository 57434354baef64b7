/** Two texts that were made of the same one without knowing of each other, as one: whatever either has put in is there. */
export function mergeTexts(base: string, mine: string, theirs: string): string {
  if (theirs === base) return mine;
  if (mine === base) return theirs;
  if (mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  const [here, there] = [changeOf(base, mine), changeOf(base, theirs)];
  const [first, last] = here.from <= there.from ? [here, there] : [there, here];
  // In the same place nobody can say what either would have written there: then one stands below the other.
  if (first.to >= last.from) return `${mine}\n${theirs}`;
  return base.slice(0, first.from) + first.text + base.slice(first.to, last.from) + last.text + base.slice(last.to);
}

/** What stands in place of `base` from one index to another. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function changeOf(base: string, text: string): Change {
  const most = Math.min(base.length, text.length);
  let from = 0;
  while (from < most && base[from] === text[from]) from += 1;
  if (isWithinCharacter(base, from) || isWithinCharacter(text, from)) from -= 1;
  let same = 0;
  while (same < most - from && base.at(-1 - same) === text.at(-1 - same)) same += 1;
  if (isWithinCharacter(base, base.length - same) || isWithinCharacter(text, text.length - same)) same -= 1;
  return { from, to: base.length - same, text: text.slice(from, text.length - same) };
}

/** Between the two halves of a character that takes two. */
const isWithinCharacter = (text: string, index: number): boolean =>
  isBetween(text.charCodeAt(index - 1), 0xd800, 0xdbff) && isBetween(text.charCodeAt(index), 0xdc00, 0xdfff);

const isBetween = (unit: number, first: number, last: number): boolean => unit >= first && unit <= last;
