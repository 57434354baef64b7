import { expect, onTestFinished, test } from 'vitest';
import { chatDocument, inboxDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import { encodeStateless, RECEIPT_PEOPLE, type FromServer } from '../../crdt/model/protocol/stateless.ts';
import { openInstallation, type SignedInPerson } from '../support/installation.ts';
import { message, SyncSocket } from '../support/sync-client.ts';

type Counts = Extract<FromServer, { kind: 'receipt-counts' }>;

test(
  '[SV103] a chat of more than 20 people is told counts, gathered, and each only of the others',
  { timeout: 60_000 },
  async () => {
    const at = await openInstallation({ limits: { receiptsMs: 20, receiptCountsMs: 300 } });
    onTestFinished(() => at.close());
    const others: SignedInPerson[] = [];
    while (others.length < RECEIPT_PEOPLE) others.push(await at.addPerson());
    const chat = internalChatId(at.administrator.company);
    const sockets = [at.administrator, ...others].map((person) => new SyncSocket(at, person));
    onTestFinished(() => {
      for (const socket of sockets) socket.close();
    });
    const [writing, reading] = await Promise.all(
      sockets.slice(0, 2).map(async (socket) => {
        const document = socket.open(chatDocument(chat));
        await document.synced();
        return document;
      }),
    );
    if (writing === undefined || reading === undefined) throw new Error('nobody there');
    const clock = writing.append(message('one'), message('two'));
    const { number } = await writing.arrival(writing.writer, clock + 1);
    const counts = (document = writing): Counts[] =>
      document.messages.filter((one): one is Counts => one.kind === 'receipt-counts');
    expect(await writing.message('receipt-counts')).toMatchObject({ members: RECEIPT_PEOPLE, delivered: [], read: [] });

    const inboxes = await Promise.all(
      sockets.slice(1).map(async (socket) => {
        const inbox = socket.open(inboxDocument(socket.person.account));
        await inbox.message('welcome');
        return inbox;
      }),
    );
    const startedMs = performance.now();
    for (let step = 1; step <= number; step += 1) {
      for (const inbox of inboxes) {
        inbox.provider.sendStateless(encodeStateless({ kind: 'delivered', chats: [[chat, step]] }));
        // So that they are not one frame.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await writing.eventually('everybody has it', () => {
      const last = counts().at(-1)?.delivered;
      return JSON.stringify(last) === JSON.stringify([[number, RECEIPT_PEOPLE]]) || undefined;
    });
    const intervals = Math.ceil((performance.now() - startedMs) / 300);
    expect(counts().length).toBeLessThanOrEqual(2 + intervals);
    // The reader is one of those who have it, and is not told of themselves.
    await reading.eventually('all others have it', () => {
      const last = counts(reading).at(-1)?.delivered;
      return JSON.stringify(last) === JSON.stringify([[number, RECEIPT_PEOPLE - 1]]) || undefined;
    });
  },
);
