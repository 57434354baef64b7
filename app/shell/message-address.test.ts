import { expect, test } from 'vitest';
import { entryId } from '../../crdt/model/log/entry-id.ts';
import { makeWriter, type Account } from '../../crdt/model/log/writer.ts';
import { privateChatId } from '../../crdt/model/protocol/document-name.ts';
import { askedMessage, listSearch, messageAddress } from './message-address.ts';

const chat = privateChatId(5 as Account, 6 as Account);
const id = entryId(makeWriter(5 as Account, 7), 12);

test('[S3] an address says which message, and in which page it lies; what it says of the list stays', () => {
  const address = new URL(messageAddress(chat, id, 3, '?list=contacts'), 'https://chat.example.de');
  expect(address.pathname).toBe(`/chats/${chat}`);
  expect(address.searchParams.get('list')).toBe('contacts');
  expect(askedMessage(address.search)).toEqual({ id, page: 3 });
  const next = new URL(messageAddress(chat, id, undefined, address.search), address);
  expect(askedMessage(next.search)).toEqual({ id, page: undefined });
});

test('[S3] other places get the list of an address, not its message', () => {
  expect(listSearch(`?message=${id}&list=contacts&page=3`)).toBe('?list=contacts');
  expect(listSearch(`?message=${id}`)).toBe('');
  expect(listSearch('?list=contacts')).toBe('?list=contacts');
  expect(listSearch('')).toBe('');
});

test('[S3] what can be no id asks for a message that is not there; a page that can be none is none', () => {
  for (const wrong of ['', '1', '0.1', `${id}0000000000`, '-1.2', 'x.y', `${id} `, '9'.repeat(20_000)])
    expect(askedMessage(`?message=${encodeURIComponent(wrong)}`)).toEqual({ id: undefined, page: undefined });
  for (const wrong of ['0', '-1', '1.5', '1e9', 'x', '', '9'.repeat(20)])
    expect(askedMessage(`?message=${id}&page=${wrong}`)).toEqual({ id, page: undefined });
  expect(askedMessage('?list=contacts&page=3')).toBeUndefined();
});
