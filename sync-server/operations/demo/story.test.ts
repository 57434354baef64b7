import { expect, test } from 'vitest';
import { tellStory } from './story.ts';

const UNTIL_MS = Date.UTC(2026, 10, 20, 12);

test('the story is of two companies, eight people and a few thousand messages of two years', () => {
  const { companies, messages } = tellStory(1, UNTIL_MS);
  expect(companies).toHaveLength(2);
  expect(companies.flatMap(({ people }) => people)).toHaveLength(8);
  expect(messages.length).toBeGreaterThan(3_000);
  expect(messages.length).toBeLessThan(6_000);
  const firstMs = Math.min(...messages.map(({ writtenMs }) => writtenMs));
  expect(UNTIL_MS - firstMs).toBeGreaterThan(600 * 86_400_000);
});

test('the same seed tells the same story', () => {
  expect(tellStory(2, UNTIL_MS)).toEqual(tellStory(2, UNTIL_MS));
  expect(tellStory(2, UNTIL_MS).messages).not.toEqual(tellStory(3, UNTIL_MS).messages);
});

test('messages are in the order of their arrival, and none arrives before it is written or after now', () => {
  const { messages } = tellStory(4, UNTIL_MS);
  const arrivals = messages.map(({ arrivedMs }) => arrivedMs);
  expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));
  expect(messages.filter(({ writtenMs, arrivedMs }) => arrivedMs < writtenMs || arrivedMs > UNTIL_MS)).toEqual([]);
});

test('everybody signs in with an address of their own', () => {
  const addresses = tellStory(5, UNTIL_MS).companies.flatMap(({ people }) => people.map(({ email }) => email));
  expect(new Set(addresses).size).toBe(8);
  expect(addresses.filter((address) => !/^[a-z]+\.[a-z]+@[a-z-]+\.example$/.test(address))).toEqual([]);
});

test('only people of a chat write in it', () => {
  const { companies, messages } = tellStory(6, UNTIL_MS);
  const strangers = messages.filter(({ chat, author }) =>
    chat.kind === 'private' ? !chat.people.includes(author) : companies[chat.company]?.people[author] === undefined,
  );
  expect(strangers).toEqual([]);
});
