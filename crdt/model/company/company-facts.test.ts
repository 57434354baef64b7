import { expect, test } from 'vitest';
import type { Json } from '../log/append.ts';
import type { Account } from '../log/writer.ts';
import { COMPANY_KEY, companyOf, parsePerson, personKey } from './company-facts.ts';
import { PeopleReader } from './people-reader.ts';

const person = { first: 'Anna', last: 'Berger', admin: false, active: true };

test('[FA12] people are visible in search unless they switch it off, and unknown members are ignored', () => {
  expect(parsePerson({ ...person, city: 'Köln', shoeSize: 39 })).toEqual({ ...person, city: 'Köln', visible: true });
  expect(parsePerson({ ...person, visible: false })?.visible).toBe(false);
});

test('[FA12] a meeting link is http or https', () => {
  expect(parsePerson({ ...person, link: 'https://meet.example/anna' })?.link).toBe('https://meet.example/anna');
  expect(parsePerson({ ...person, link: 'javascript:alert(1)' })).toBeUndefined();
});

test('[FA12] a picture is named by its content, and a name of another form is none', () => {
  expect(parsePerson({ ...person, picture: 'abcdefghijklmnop-_01' })?.picture).toBe('abcdefghijklmnop-_01');
  expect(parsePerson({ ...person, picture: '../../../api/session' })).toBeUndefined();
});

test('[FA13] a company document is read without ever failing on what it does not understand', () => {
  const facts = new Map<string, Json>([
    [COMPANY_KEY, { name: 'Berger Immobilien' }],
    [personKey(2 as Account), person],
    ['person/3', null],
    ['person/4', { first: 7 }],
    ['person/0', person],
    ['person/zwei', person],
    ['links', [[[]]]],
  ]);
  expect(companyOf(facts)).toEqual({ name: 'Berger Immobilien' });
  expect([...new PeopleReader().read(facts)].map(([account]) => account)).toEqual([2]);
  expect(companyOf(new Map())).toBeUndefined();
});
