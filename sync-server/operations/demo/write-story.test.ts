import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { PageReader } from '../../../crdt/model/chat/page-reader.ts';
import { Timeline } from '../../../crdt/model/chat/timeline.ts';
import { MeReader } from '../../../crdt/model/me/me-values.ts';
import { draftOf, markedChats, readMarker } from '../../../crdt/model/me/me-entries.ts';
import {
  chatDocument,
  internalChatId,
  meDocument,
  type DocumentName,
} from '../../../crdt/model/protocol/document-name.ts';
import { readJpegHeader } from '../../pictures/jpeg-header.ts';
import { openEmptyInstallation, type EmptyInstallation } from './empty-installation.ts';
import { giveHabits } from './habits.ts';
import type { DirectoryPerson } from '../../directory/person.ts';
import { seededRandom } from './random.ts';
import { tellStory } from './story.ts';
import { writeStory } from './write-story.ts';

const UNTIL_MS = Date.UTC(2026, 10, 20, 12);
const PAGE_ENTRIES = 500;
const PASSWORD = 'correct horse';

const story = tellStory(7, UNTIL_MS);
const folder = mkdtempSync(join(tmpdir(), 'hausfunk-story-'));
let installation: EmptyInstallation;
let staff: readonly (readonly DirectoryPerson[])[];

beforeAll(async () => {
  const random = seededRandom(7);
  installation = await openEmptyInstallation(folder, random);
  const written = await writeStory(story, PASSWORD, installation, PAGE_ENTRIES);
  staff = written.staff;
  const { lastNumbers } = written;
  await giveHabits(staff, { ...installation, random, untilMs: UNTIL_MS, lastNumbers });
  await installation.log.settled();
});

afterAll(async () => {
  await installation.close();
  rmSync(folder, { recursive: true });
});

async function load(document: DocumentName): Promise<Y.Doc> {
  const doc = new Y.Doc();
  for (const update of (await installation.store.load(document)).updates) Y.applyUpdate(doc, update);
  return doc;
}

async function internalChat() {
  const id = internalChatId(staff[0]?.[0]?.company ?? expect.fail('nobody works there'));
  const timeline = new Timeline();
  const pages = installation.directory.pages(id);
  for (let page = 1; page <= pages; page += 1) {
    timeline.apply(new PageReader(await load(chatDocument(id, page)), page).read());
  }
  return { id, pages, messages: timeline.messages };
}

test('a chat reads as the story tells it, in the order of writing', async () => {
  const told = story.messages
    .filter(({ chat }) => chat.kind === 'internal' && chat.company === 0)
    .toSorted((one, other) => one.writtenMs - other.writtenMs);
  const { messages } = await internalChat();
  expect(messages.map(({ text }) => text).toSorted()).toEqual(told.map(({ text }) => text).toSorted());
  expect(messages[0]?.text).toBe(told[0]?.text);
  expect(messages.at(-1)?.text).toBe(told.at(-1)?.text);
  expect(messages.filter(({ reactions }) => reactions.length > 0)).toHaveLength(
    told.filter(({ reactions }) => reactions.length > 0).length,
  );
});

test('every message has arrived, at the time that the story gives', async () => {
  const { messages } = await internalChat();
  const times = messages.map(({ arrival }) => arrival?.timeMs ?? expect.fail('a message has not arrived'));
  expect(times.toSorted((one, other) => one - other)).toEqual(
    story.messages
      .filter(({ chat }) => chat.kind === 'internal' && chat.company === 0)
      .map(({ arrivedMs }) => arrivedMs),
  );
});

test('a long chat has several pages', async () => {
  const { pages, messages } = await internalChat();
  expect(pages).toBe(Math.ceil(messages.length / PAGE_ENTRIES));
  expect(new Set(messages.map(({ page }) => page)).size).toBe(pages);
});

async function meOf(person: DirectoryPerson | undefined): Promise<MeReader> {
  const me = new MeReader(await load(meDocument(person?.account ?? expect.fail('nobody'))));
  me.read();
  return me;
}

test('everybody has read all but the last few messages, and somebody on holiday not even got them', async () => {
  const { id, messages } = await internalChat();
  const last = Math.max(...messages.map(({ arrival }) => arrival?.number ?? 0));
  const read = await Promise.all((staff[0] ?? []).map(async (person) => readMarker((await meOf(person)).values, id)));
  expect(read.filter((marker) => marker >= last - 5 && marker <= last + 5)).toHaveLength(4);
  expect(read.filter((marker) => marker < last - 15)).toHaveLength(1);
  const told = [...installation.positions.of(id)];
  const rising = (numbers: readonly number[]): number[] => numbers.toSorted((one, other) => one - other);
  expect(rising(told.map((one) => one.read))).toEqual(rising(read));
  expect(told.filter(({ delivered }) => delivered < last)).toHaveLength(1);
});

test('the first person has something pinned, muted and begun, and unread messages in several chats', async () => {
  const [visitor] = staff[0] ?? [];
  const { values } = await meOf(visitor);
  expect([...markedChats(values, 'pin'), ...markedChats(values, 'mute')]).toHaveLength(2);
  const chats = installation.directory.chatsOf(visitor ?? expect.fail('nobody')).map(({ chat }) => chat);
  expect(chats.filter((chat) => draftOf(values, chat) !== '')).toHaveLength(1);
});

test('the last hour has an edited message, one that was sent late, and links', async () => {
  const today = story.messages.filter(({ writtenMs }) => writtenMs > UNTIL_MS - 3_600_000);
  expect(today.filter(({ edited }) => edited !== undefined)).toHaveLength(1);
  expect(today.filter(({ writtenMs, arrivedMs }) => arrivedMs - writtenMs > 600_000)).toHaveLength(1);
  expect(today.filter(({ text }) => text.includes('https://')).length).toBeGreaterThan(1);
});

test('most people have a picture, each their own', () => {
  const people = installation.directory.people(staff[0]?.[0]?.company ?? expect.fail('nobody works there'));
  const names = people.map(({ picture }) => picture).filter((picture) => picture !== undefined);
  expect(new Set(names).size).toBe(4);
  for (const name of names) {
    const bytes = installation.pictures.find(people[0]?.company ?? expect.fail('no company'), name);
    expect(readJpegHeader(bytes ?? new Uint8Array())).toEqual({ width: 256, height: 256 });
  }
});

test('everybody can sign in', async () => {
  const [someone] = story.companies[1]?.people ?? [];
  expect(await installation.identity.signIn(someone?.email ?? '', PASSWORD)).toBeDefined();
  expect(await installation.identity.signIn(someone?.email ?? '', 'wrong')).toBeUndefined();
});
