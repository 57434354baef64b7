/** Somebody who writes into the internal chat from elsewhere, as much and as late as a test wants. */
import { pageKey } from '../../crdt/model/chat/chat-facts.ts';
import type { Tuple } from '../../crdt/model/log/append.ts';
import { entryId, type EntryId } from '../../crdt/model/log/entry-id.ts';
import { chatDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Reachable, SignedInPerson } from '../support/installation.ts';
import { message, SyncSocket, type SyncedDocument } from '../support/sync-client.ts';

export interface Colleague {
  /** Writes texts in order, a second apart, the last one at `untilMs`; durable on the server when it resolves, with their ids. */
  writes(texts: readonly string[], untilMs?: number): Promise<readonly EntryId[]>;
  /** What is written from now on goes to the page after the present one, which has to be full. */
  turnPage(): Promise<void>;
  leave(): void;
}

export async function colleague({ url }: Pick<Reachable, 'url'>, person: SignedInPerson): Promise<Colleague> {
  const socket = new SyncSocket({ url, publicUrl: url }, person);
  const chat = internalChatId(person.company);
  const first = socket.open(chatDocument(chat));
  await first.synced();
  let page = 1;
  let present: SyncedDocument = first;
  return {
    async writes(texts, untilMs = Date.now()) {
      const entries = texts.map((text, index): Tuple => message(text, untilMs - (texts.length - 1 - index) * 1_000));
      const clock = present.append(...entries);
      const { writer } = present;
      await present.arrival(writer, clock + entries.length - 1);
      return entries.map((_, index) => entryId(writer, clock + index));
    },
    async turnPage() {
      page += 1;
      await first.eventually(`page ${page}`, () => (first.facts().has(pageKey(page)) ? true : undefined));
      present = socket.open(chatDocument(chat, page));
      await present.synced();
    },
    leave: () => socket.close(),
  };
}
