import { expect, test } from 'vitest';
import type { LatestMessage } from '../../../crdt/model/chat/digest.ts';
import type { EntryId } from '../../../crdt/model/log/entry-id.ts';
import type { Account } from '../../../crdt/model/log/writer.ts';
import { chatPreview } from './chat-preview.ts';

const [ME, OTHER] = [2 as Account, 3 as Account];
const said = (author: Account, text: string): LatestMessage => ({
  id: '1.0' as EntryId,
  author,
  text,
  timeMs: 0,
  sent: true,
});

test('[C5 M1] a draft stands before what was last said, and a blank one does not', () => {
  expect(chatPreview('Ich wollte\nnoch', said(OTHER, 'Ja?'), ME)).toEqual({ kind: 'draft', text: 'Ich wollte noch' });
  expect(chatPreview(' \n', said(OTHER, 'Ja?'), ME)).toEqual({ kind: 'other', author: OTHER, text: 'Ja?' });
  expect(chatPreview('', said(ME, 'Gut.'), ME)).toEqual({ kind: 'own', text: 'Gut.' });
  expect(chatPreview('', undefined, ME)).toEqual({ kind: 'nothing' });
});

test('[C5] a preview is one line of well-formed text, however long and broken the message is', () => {
  expect(chatPreview('', said(OTHER, ' a\n\n\tb '), ME)).toMatchObject({ text: 'a b' });
  const long = chatPreview('', said(OTHER, `${'x'.repeat(199)}😀`), ME);
  expect(long).toMatchObject({ kind: 'other' });
  if (long.kind === 'other') expect(long.text.isWellFormed()).toBe(true);
});
