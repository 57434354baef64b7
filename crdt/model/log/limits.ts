/** Every bound of what a client may write, in one place; client and server share them, so an honest client is never refused. */
export const LIMITS = {
  /** UTF-16 units of one message or edit: several pages of prose. */
  textLength: 8_000,
  /** UTF-16 units of a draft: two full messages, a line each, so that those of two devices fit into one. */
  draftLength: 16_001,
  /** UTF-16 units of a reaction: the longest emoji sequences have about 20. */
  emojiLength: 32,
  /** UTF-16 units of a key of a `set` entry: `draft/chat/<id>` and its kin. */
  keyLength: 160,
  /** Encoded bytes of a whole entry: a draft of 16,001 units has at most 48,003. */
  entryBytes: 50_000,
  /** New entries in one update; longer backlogs are cut into several. */
  entries: 2_000,
  /** New clocks in one update that the device knows as erased; what a tab's settings may have superseded since the last backup. */
  erased: 20_000,
  /** Writers' blocks read from one update: pages end at 500 writers, stragglers included. */
  writers: 5_000,
  /** Structs read from one update: every entry of a full page as a struct of its own, and room. */
  structs: 20_000,
  /** Writers that one update may begin. A reloading device has few; more is an attack on the page. */
  newWriters: 64,
  /** Bytes of one update, below the WebSocket frame limit. */
  updateBytes: 1_048_576,
  /** Accepted entries of one document that may wait for the store at once; a disk that hangs must not fill the memory. */
  reservedEntries: 8_000,
  /** Nesting and members of JSON values inside an entry. */
  depth: 4,
  members: 64,
} as const;

/** `LIMITS` with wider value types, so that tests and tools can pass their own. */
export type Limits = { readonly [K in keyof typeof LIMITS]: number };
