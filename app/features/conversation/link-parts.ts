/** A text cut into plain parts and links. Only http, https and mail addresses become links; everything is shown as it was written. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

// White space, angle brackets, quotes and bidirectional controls end an address; what closes a sentence does not belong to it.
const ADDRESS =
  /(?<![\p{L}\p{N}_@.-])(?:https?:\/\/|www\.(?=[\p{L}\p{N}])|(?=[\w.+-]{1,64}@))[^\s<>"'`„“”»«\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const TRAILING = /[.,;:!?…»”’*_~]/u;
const MAIL = /^[\w+-]+(?:\.[\w+-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,24}$/u;

const OPENS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** A closing bracket belongs to the address only when it opened there: (see https://example.org) */
function trimmed(address: string): string {
  const counts = new Map<string, number>();
  for (const sign of address) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let end = address.length;
  for (;;) {
    const last = address[end - 1] ?? '';
    const open = OPENS.get(last);
    if (open === undefined ? !TRAILING.test(last) : (counts.get(last) ?? 0) <= (counts.get(open) ?? 0)) break;
    counts.set(last, (counts.get(last) ?? 0) - 1);
    end -= 1;
  }
  return address.slice(0, end);
}

const parsed = (address: string): URL | undefined => (URL.canParse(address) ? new URL(address) : undefined);

/** Where a link leads; undefined when it is none. A name in front of the host would make an address look like another's. */
function hrefOf(address: string): string | undefined {
  if (/^https?:/i.test(address)) {
    const url = parsed(address);
    return url?.username === '' && url.password === '' ? address : undefined;
  }
  if (/^www\./i.test(address)) {
    const url = parsed(`https://${address}`);
    return url?.username === '' && url.hostname.slice(4).includes('.') ? `https://${address}` : undefined;
  }
  return MAIL.test(address) ? `mailto:${address}` : undefined;
}

export function linkParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    parts.push({ kind: 'link', text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}
