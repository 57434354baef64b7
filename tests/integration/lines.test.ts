import { afterEach, describe, expect, test } from 'vitest';
import { encodeAppend, logRoot } from '../../crdt/model/log/append.ts';
import { chatDocument, inboxDocument, internalChatId } from '../../crdt/model/protocol/document-name.ts';
import { openInstallation, request, type Installation, type InstallationOptions } from '../support/installation.ts';
import { eventually, freshWriter, message, RawSocket, SyncSocket } from '../support/sync-client.ts';

const isHeartbeat = (frame: Uint8Array): boolean => frame.length === 1 && frame[0] === 9;

/** Nothing else runs for so long. */
function holdUpMs(durationMs: number): void {
  const endMs = performance.now() + durationMs;
  while (performance.now() < endMs);
}

describe('lines and documents in memory', () => {
  let at: Installation;
  const open = async (options: InstallationOptions): Promise<Installation> => (at = await openInstallation(options));
  afterEach(() => at.close());

  /** A number from the server's metrics. */
  const metric = async (name: string): Promise<number> => {
    const text = await (await fetch(`${at.url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'mu').exec(text)?.[1]);
  };

  test('[SV64] who sends too much at once is told so, and in the end everything has arrived', async () => {
    await open({ limits: { updates: { burst: 2, perSecond: 20 } } });
    const socket = new SyncSocket(at, at.administrator);
    const document = socket.open(chatDocument(internalChatId(at.administrator.company)));
    await document.synced();
    for (let index = 0; index < 10; index += 1) document.append(message(`number ${index}`));
    expect(await document.message('refused')).toMatchObject({ code: 'busy' });
    expect(await document.arrival(document.writer, 9)).toMatchObject({ number: 10 });
    socket.close();
  });

  test('[SV94] a document that nobody uses leaves the memory, and is there again when it is asked for', async () => {
    await open({ limits: { idleDocumentMs: 50, idleSweepMs: 20 } });
    const name = chatDocument(internalChatId(at.administrator.company));
    const socket = new SyncSocket(at, at.administrator);
    const document = socket.open(name);
    const clock = document.append(message('kept'));
    await document.arrival(document.writer, clock);
    expect(await metric('hausfunk_documents')).toBeGreaterThan(0);
    socket.close();
    await expect.poll(() => metric('hausfunk_documents'), { timeout: 5_000 }).toBe(0);

    const again = new SyncSocket(at, at.administrator);
    const reopened = again.open(name);
    await reopened.arrival(document.writer, clock);
    const next = await reopened.arrival(reopened.writer, reopened.append(message('goes on')));
    expect(next.number).toBe(2);
    again.close();
  });

  test('[SV70] what comes by HTTP reaches those who have the document open', async () => {
    await open({});
    const name = chatDocument(internalChatId(at.administrator.company));
    const socket = new SyncSocket(at, at.administrator);
    const document = socket.open(name);
    await document.synced();
    const writer = freshWriter(at.administrator.account);
    const bytes = encodeAppend(logRoot(writer), writer, 0, [message('from the service worker')]);
    await request(at, `/api/entries/${name}`, { cookie: at.administrator.cookie, bytes });
    expect(await document.arrival(writer, 0)).toMatchObject({ number: 1 });
    socket.close();
  });

  test('[SV95] a line that has died is noticed, one that answers the heartbeat stays', async () => {
    await open({ limits: { heartbeatMs: 50, unansweredHeartbeats: 6 } });
    const living = new SyncSocket(at, at.administrator);
    const inbox = living.open(inboxDocument(at.administrator.account));
    await inbox.synced();
    const silent = new RawSocket(at, at.administrator);
    await silent.opened();
    await eventually(
      'the silent socket is closed',
      () => (silent.socket.readyState === silent.socket.CLOSED ? true : undefined),
      (again) => {
        silent.socket.once('close', again);
        return () => silent.socket.off('close', again);
      },
    );
    expect(silent.frames.filter(isHeartbeat).length).toBe(6);
    expect(await metric('hausfunk_sockets')).toBe(1);
    expect(inbox.closings).toEqual([]);
    living.close();
  });

  test('[SV95] answering the heartbeat is enough for a line on which nothing else happens to stay, for ever, also when the server was held up', async () => {
    await open({ limits: { heartbeatMs: 50, unansweredHeartbeats: 8 } });
    const quiet = new SyncSocket(at, at.administrator);
    const inbox = quiet.open(inboxDocument(at.administrator.account));
    await inbox.synced();
    let heartbeats = 0;
    // Five times what may stay unanswered.
    await eventually(
      'forty heartbeats',
      () => (heartbeats >= 40 || inbox.closings.length > 0 ? true : undefined),
      (again) => {
        const count = (): void => {
          heartbeats += 1;
          // Once everything stands still for longer than the line may be silent.
          if (heartbeats === 20) holdUpMs(1_000);
          again();
        };
        quiet.provider.on('message', count);
        return () => quiet.provider.off('message', count);
      },
    );
    expect(inbox.closings).toEqual([]);
    quiet.close();
  });

  test('[SV95] a socket that only answers the heartbeat and opens nothing is of no use', async () => {
    await open({ limits: { heartbeatMs: 50, unansweredHeartbeats: 3, unusedHeartbeats: 6 } });
    const idle = new RawSocket(at, at.administrator);
    idle.socket.on('message', () => idle.socket.send(new Uint8Array([10])));
    await new Promise((resolve) => idle.socket.once('close', resolve));
    expect(idle.frames.filter(isHeartbeat).length).toBe(6);
  });
});
