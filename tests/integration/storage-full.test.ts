import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { chatDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, request, type Installation } from '../support/installation.ts';
import { freshWriter, message, SyncSocket } from '../support/sync-client.ts';

describe('a full disk', () => {
  let at: Installation;

  beforeAll(async () => {
    at = await openInstallation({ maxFileBytes: 400_000, limits: { askAgainMs: 200 } });
  });
  afterAll(() => at.close());

  test('[SV83] it is said, nothing is acknowledged, and everything arrives when there is room again', async () => {
    const { account, company, cookie } = at.administrator;
    const name = chatDocument(internalChatId(company));
    const fill = async (): Promise<number> => {
      const writer = freshWriter(account);
      const bytes = encodeAppend(logRoot(writer), writer, 0, [message('x'.repeat(8_000)), message('y'.repeat(8_000))]);
      return (await request(at, `/api/entries/${name}`, { cookie, bytes })).status;
    };
    let status = 200;
    for (let attempt = 0; attempt < 100 && status === 200; attempt += 1) status = await fill();
    expect(status).toBe(507);

    const socket = new SyncSocket(at, at.administrator);
    const document = socket.open(name);
    await document.synced();
    const clock = document.append(message('z'.repeat(8_000)));
    expect(await document.message('refused')).toMatchObject({ code: 'storage-full', writers: [document.writer] });
    const later = document.append(message('short'));
    expect(await document.message('refused', 1)).toMatchObject({ code: 'storage-full' });
    expect((await at.server.store.load(name)).clocks.has(document.writer)).toBe(false);

    await at.restart({ limits: { askAgainMs: 200 } });
    const [first, second] = [
      await document.arrival(document.writer, clock),
      await document.arrival(document.writer, later),
    ];
    expect(second.number).toBe(first.number + 1);
    socket.close();
  });
});
