/** A text cut into plain parts and web addresses. Only http and https become links; everything is shown as text. */
export type TextPart = { readonly kind: 'text' | 'link'; readonly text: string };

// White space, angle brackets and quotes end an address; what closes a sentence does not belong to it.
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`„“”»«]+/giu;
const TRAILING = /[.,;:!?…»”’*_~]+$/u;

function trimmed(address: string): string {
  let kept = address.replace(TRAILING, '');
  // A closing bracket belongs to the address only when it opened there: (see https://example.org)
  while (/[)\]}]$/.test(kept) && !balanced(kept)) kept = kept.slice(0, -1).replace(TRAILING, '');
  return kept;
}

function balanced(address: string): boolean {
  const last = address.at(-1) ?? '';
  const open = { ')': '(', ']': '[', '}': '{' }[last] ?? '';
  return address.split(open).length >= address.split(last).length;
}

export function linkParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: address });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
