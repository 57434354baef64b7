/**
 * The first element of every client-written entry: grammar version * 16 + kind, one byte on the wire. A reader skips heads that it
 * does not know (a later version's); the gate refuses them.
 */
const VERSION = 1;

export const HEAD = {
  message: VERSION * 16 + 1,
  edit: VERSION * 16 + 2,
  retraction: VERSION * 16 + 3,
  reaction: VERSION * 16 + 4,
  set: VERSION * 16 + 5,
} as const;
