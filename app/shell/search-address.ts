/**
 * Search for messages as it stands in the address: `find` the phrase, which may be empty, `in` one chat or else all, and what narrows
 * it. On any path, so that what is found stays beside what one opens of it.
 */
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';

/** Values as they stand in the address, not looked at yet. */
export interface AskedFor {
  readonly find: string;
  readonly in?: ChatId | undefined;
  /** An account. */
  readonly by?: string | undefined;
  /** See `period.ts`. */
  readonly when?: string | undefined;
}

const PARTS = ['find', 'in', 'by', 'when'] as const satisfies readonly (keyof AskedFor)[];

/** `search` of a location with this search in place of another, everything else as it is; undefined: none. */
export function withSearch(search: string, asked: AskedFor | undefined): string {
  const parameters = new URLSearchParams(search);
  for (const part of PARTS) {
    const value = asked?.[part];
    if (value === undefined) parameters.delete(part);
    else parameters.set(part, value.toWellFormed());
  }
  const rest = parameters.toString();
  return rest === '' ? '' : `?${rest}`;
}
