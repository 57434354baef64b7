import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { ChatBuilder, writer } from '../../../tests/support/chat-builder.ts';
import { openLocalDevice } from '../../../tests/support/local-device.ts';
import { CHAT_DOCUMENT as NAME } from '../../../tests/support/offline-replica.ts';
import { encodeChatEntry } from '../../model/chat/entry.ts';
import { HEAD } from '../../model/log/entry-kind.ts';
import { stampAt } from '../../model/log/stamp.ts';
import { LocalDocument } from './local-document.ts';

const BEN = writer(6, 1);

test('[RP9] a document is marked until the receipts of what was written into it are stored', async () => {
  const { device, close } = await openLocalDevice('marked');
  const document = await LocalDocument.open(device, NAME);
  const message = { kind: 'message', text: 'hello', first: undefined } as const;
  await document.append((stamp) => encodeChatEntry({ ...message, stamp }));
  const marks = async (): Promise<number> => (await device.meta.unsentMarks()).length;
  expect(await marks()).toBe(1);

  const page = new ChatBuilder().page(1);
  const [own] = document.ownClocks();
  if (own === undefined) throw new Error('nothing written');
  page.append(own.writer, [HEAD.message, 0, 'known']);
  page.arrive(own.writer, 1);
  const realAdd = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('the quota is used up', 'QuotaExceededError');
  };
  try {
    Y.applyUpdate(document.doc, page.updates.at(-1) ?? new Uint8Array(), 'network');
    expect(document.waiting).toBe(0);
    expect(await document.stored()).toBe(false);
    expect(await marks()).toBe(1);
  } finally {
    IDBObjectStore.prototype.add = realAdd;
  }
  page.append(BEN, [HEAD.message, stampAt(1), 'from Ben']);
  Y.applyUpdate(document.doc, page.updates.at(-1) ?? new Uint8Array(), 'network');
  await vi.waitFor(async () => expect(await marks()).toBe(0));
  await document.close();
  close();
});
