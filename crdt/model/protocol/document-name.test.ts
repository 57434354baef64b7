import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../log/writer.ts';
import {
  chatDocument,
  companyDocument,
  inboxDocument,
  internalChatId,
  meDocument,
  parseChatId,
  parseDocumentName,
  privateChatId,
  type CompanyId,
} from './document-name.ts';

const account = (number: number): Account => number as Account;
const company = (number: number): CompanyId => number as CompanyId;

test('[NM1] names are built and parsed back', () => {
  const chat = privateChatId(account(7), account(3));
  expect(chat).toBe('p-3-7');
  expect(parseChatId(chat)).toEqual({ kind: 'private', accounts: [3, 7] });
  expect(parseChatId(internalChatId(company(5)))).toEqual({ kind: 'internal', company: 5 });
  expect(parseDocumentName(chatDocument(chat))).toEqual({ kind: 'chat', chat, page: 1 });
  expect(parseDocumentName(chatDocument(chat, 12))).toEqual({ kind: 'chat', chat, page: 12 });
  expect(parseDocumentName(inboxDocument(account(7)))).toEqual({ kind: 'inbox', account: 7 });
  expect(parseDocumentName(meDocument(account(7)))).toEqual({ kind: 'me', account: 7 });
  expect(parseDocumentName(companyDocument(company(7)))).toEqual({ kind: 'company', company: 7 });
});

test.each([
  '',
  'chat',
  'chat/',
  'chat/p-3-7/',
  'chat/p-3-7/0',
  'chat/p-3-7/1',
  'chat/p-3-7/02',
  'chat/p-3-7/-2',
  'chat/p-3-7/2/3',
  'chat/p-7-3',
  'chat/p-3-3',
  'chat/p-03-7',
  'chat/p-0-7',
  'chat/p-3',
  'chat/i-0',
  'chat/i-1-2',
  'chat/q-1-2',
  'chat/p-3-2097152',
  ' chat/p-3-7',
  'chat/p-3-7 ',
  'chat/p-3-7\n',
  'Chat/p-3-7',
  'chat//p-3-7',
  'inbox/0',
  'inbox/',
  'inbox/07',
  'me/2097152',
  'me/1e3',
  'company/0',
  'company/-1',
  'people/7',
  'inbox/7/2',
  '../inbox/7',
  'inbox/7\0x',
  'chat/p-１-2',
])('[NM2] %j names nothing', (name) => {
  expect(parseDocumentName(name)).toBeUndefined();
});

test('[NM2] exactly one spelling names a document', () => {
  const number = fc.integer({ min: 0, max: 3_000_000 });
  const part = fc.oneof(number.map(String), fc.constantFrom('p', 'i', 'chat', 'inbox', 'me', 'company', '', '01', '1'));
  const name = fc
    .array(fc.tuple(part, fc.constantFrom('/', '-', '')), { maxLength: 6 })
    .map((parts) => parts.map(([text, separator]) => text + separator).join(''));
  const real = fc.oneof(
    fc.tuple(number, number, number).map(([a, b, page]) => `chat/p-${a}-${b}/${page}`),
    fc.tuple(number, number).map(([a, b]) => `chat/p-${a}-${b}`),
    number.map((one) => `chat/i-${one}`),
    number.map((one) => `me/${one}`),
  );
  fc.assert(
    fc.property(fc.oneof(name, real), (text) => {
      const parsed = parseDocumentName(text);
      if (parsed === undefined) return;
      const built =
        parsed.kind === 'chat'
          ? chatDocument(parsed.chat, parsed.page)
          : parsed.kind === 'company'
            ? companyDocument(parsed.company)
            : parsed.kind === 'me'
              ? meDocument(parsed.account)
              : inboxDocument(parsed.account);
      expect(built).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});
