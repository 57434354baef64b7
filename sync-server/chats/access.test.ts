import { describe, expect, test } from 'vitest';
import type { Account } from '../../crdt/model/log/writer.ts';
import { parseDocumentName, type CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { DirectoryPerson } from '../directory/person.ts';
import { accessTo } from './access.ts';

const person = (account: number, company: number, active = true): DirectoryPerson => ({
  account: account as Account,
  company: company as CompanyId,
  user: `user-${account}`,
  admin: false,
  active,
  joined: 0,
  picture: undefined,
  profile: { first: 'F', last: 'L', visible: true },
});

const anna = person(2, 1);
const ben = person(3, 1);
const left = person(4, 1, false);
const foreign = person(5, 2);

const access = (who: DirectoryPerson, name: string, started: readonly string[] = []) => {
  const kind = parseDocumentName(name);
  if (kind === undefined) throw new Error(`${name} is no document`);
  return accessTo(kind, who, {
    person: (account) => [anna, ben, left, foreign].find((one) => one.account === account),
    pages: (chat) => (chat === 'i-1' ? 3 : 1),
    hasStarted: (chat) => started.includes(chat),
  });
};

describe('who may do what with a document', () => {
  test('[SV55] two active colleagues share their private chat, nobody else does', () => {
    expect(access(anna, 'chat/p-2-3')).toBe('write');
    expect(access(ben, 'chat/p-2-3')).toBe('write');
    expect(access(anna, 'chat/p-3-5')).toBe('none');
    expect(access(anna, 'chat/p-2-5')).toBe('none');
    expect(access(anna, 'chat/p-2-9')).toBe('none');
  });

  test('[SV57] a chat with somebody who has left can be read if it had begun', () => {
    expect(access(anna, 'chat/p-2-4')).toBe('none');
    expect(access(anna, 'chat/p-2-4', ['p-2-4'])).toBe('read');
    expect(access(left, 'chat/p-2-4', ['p-2-4'])).toBe('none');
  });

  test('[SV55] the internal chat and the company belong to its people', () => {
    expect(access(anna, 'chat/i-1')).toBe('write');
    expect(access(foreign, 'chat/i-1')).toBe('none');
    expect(access(anna, 'company/1')).toBe('read');
    expect(access(foreign, 'company/1')).toBe('none');
  });

  test('[SV82] a page that the server has not opened is none', () => {
    expect(access(anna, 'chat/i-1/3')).toBe('write');
    expect(access(anna, 'chat/i-1/4')).toBe('none');
    expect(access(anna, 'chat/p-2-3/2')).toBe('none');
  });

  test('[SV55] inbox and settings are their owner’s, and the inbox is written by the server alone', () => {
    expect(access(anna, 'inbox/2')).toBe('read');
    expect(access(anna, 'me/2')).toBe('write');
    expect(access(ben, 'inbox/2')).toBe('none');
    expect(access(ben, 'me/2')).toBe('none');
    expect(access(left, 'me/4')).toBe('none');
  });
});
