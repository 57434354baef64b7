import { expect, test } from 'vitest';
import type { Person } from '../../../crdt/model/company/company-facts.ts';
import { isEdited, isLink, NO_EDITS, profileOf } from './profile-edits.ts';

const ANNA: Person = {
  first: 'Anna',
  last: 'Berger',
  city: 'Köln',
  picture: 'abcdefghijklmnop',
  absence: { kind: 'away', text: 'Urlaub', fromMs: 1, untilMs: 2 },
  visible: false,
  admin: true,
  active: true,
};

test('[P1] what was not typed is sent as it is stored, absence and visibility included', () => {
  expect(profileOf(ANNA, { ...NO_EDITS, last: ' Berger-Nowak ' })).toEqual({
    first: 'Anna',
    last: 'Berger-Nowak',
    city: 'Köln',
    visible: false,
    absence: ANNA.absence,
  });
});

test('[P1] an empty line takes a fact away', () => {
  expect(profileOf(ANNA, { ...NO_EDITS, city: '  ' })).not.toHaveProperty('city');
});

test('[P1] what is typed as it is stored is no edit', () => {
  expect(isEdited(ANNA, NO_EDITS)).toBe(false);
  expect(isEdited(ANNA, { ...NO_EDITS, city: ' Köln ', salutation: '' })).toBe(false);
  expect(isEdited(ANNA, { ...NO_EDITS, city: '' })).toBe(true);
});

test('[P1] a meeting link is a web address or nothing', () => {
  expect(['', ' ', 'https://meet.example/anna', ' http://meet.example '].map(isLink)).toEqual([true, true, true, true]);
  expect(['meet.example', 'javascript:alert(1)', 'https://', 'ftp://x.example'].map(isLink)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
