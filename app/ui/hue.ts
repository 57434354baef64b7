/** How many quiet hues tokens.css has. */
export const HUES = 8;

/** The same hue for the same key on every device: 1 to 8. FNV-1a, for neighbouring ids must not look alike. */
export function hueOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return ((hash >>> 0) % HUES) + 1;
}
