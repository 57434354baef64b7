import { texts } from '../i18n/language.ts';
import type { Answer } from './installation.ts';

export type Trouble = Exclude<Answer<unknown>, { readonly kind: 'ok' }>;

/** What to say of an answer that is not ok, unless the screen has better words for the code. */
export function troubleWords(trouble: Trouble, own: Readonly<Record<string, string>> = {}): string {
  if (trouble.kind === 'unreachable') return texts().trouble.unreachable;
  const words = own[trouble.code];
  if (words !== undefined) return words;
  if (trouble.status === 429) return texts().trouble.tooMany;
  if (trouble.status === 400 || trouble.status === 422) return texts().invalidInput;
  return texts().trouble.unexpected(trouble.message);
}
