import { expect, test } from 'vitest';
import { writer } from '../../../tests/support/chat-builder.ts';
import { HEAD } from '../log/entry-kind.ts';
import { encodeSet } from '../log/set-entry.ts';
import { stampAt } from '../log/stamp.ts';
import { accountOf } from '../log/writer.ts';
import { chatVocabulary } from './vocabulary.ts';

test('[FA6] a chat takes messages and no settings, and says what is wrong', () => {
  const author = accountOf(writer(2, 1));
  expect(chatVocabulary([HEAD.message, 0, 'hello'], author)).toBeUndefined();
  expect(chatVocabulary([HEAD.message, 0, '  '], author)).toBe('text');
  expect(chatVocabulary(encodeSet(stampAt(0), 'draft/i-1', 'x'), author)).toBe('head');
});
