/** What somebody can write who wishes nobody well; each is shown as text and stays where it belongs. */
export const HOSTILE_TEXTS = {
  markup: '<script>globalThis.broken = true</script><img src=x onerror="globalThis.broken = true"><h1>big</h1>&amp;',
  // Overrides and isolates that are never closed.
  bidi: '\u202e\u2067\u2066 drehe um \u202d\u2068 123 שלום עולם مرحبا',
  marks: `Z${'\u0300\u0323\u0332\u0489'.repeat(2000)}algo`,
  word: 'Grundstücksverkehrsgenehmigungszuständigkeit'.repeat(182).slice(0, 8000),
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈👨🏿‍🚒🇩🇪🧑‍🤝‍🧑'.repeat(60),
  lines: `oben${'\n'.repeat(60)}unten`,
  wide: '﷽'.repeat(40),
} as const;
