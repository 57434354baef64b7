import type { CheckEntry } from '../log/verdict.ts';
import { parseChatEntry } from './entry.ts';

/** What the gate lets into a chat: messages, edits, retractions, reactions. */
export const chatVocabulary: CheckEntry = (tuple, author) => {
  const parsed = parseChatEntry(tuple, author);
  return typeof parsed === 'string' ? parsed : undefined;
};
