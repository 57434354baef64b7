/** The product's server as a room of fan-out: its gate, its log on the disk, its limits out of the way. */
import { chatDocument, internalChatId } from '../../../crdt/model/protocol/document-name.ts';
import { PROTOCOL_PARAMETER, PROTOCOL_VERSION } from '../../../crdt/model/protocol/version.ts';
import { SYNC_PATH } from '../../../sync-server/sync/admission.ts';
import { addPerson, createDataDir, removeDataDir, setUp } from '../../support/installation.ts';
import { startTunedServer, UNHURRIED } from '../../support/tuned-server.ts';
import type { RunningRoom } from './peers.ts';
import type { Address } from './raw-reader.ts';
import { envelopedWire } from './wire.ts';

const WRITERS = 20;

/** The internal chat of a company of twenty, each of whom has as many readers connected as it takes. */
export async function startHausfunk(): Promise<RunningRoom> {
  const dataDir = await createDataDir();
  const server = await startTunedServer({ dataDir, limits: UNHURRIED });
  const administrator = await setUp(server, server.setupCode ?? '');
  const people = [administrator];
  while (people.length < WRITERS) people.push(await addPerson(server, administrator));
  await server.projected();
  const addresses = people.map(({ cookie }): Address => ({
    port: server.port,
    path: `${SYNC_PATH}?${PROTOCOL_PARAMETER}=${PROTOCOL_VERSION}`,
    headers: { cookie, origin: server.publicUrl },
  }));
  const addressOf = (index: number): Address => {
    const address = addresses[index % addresses.length];
    if (address === undefined) throw new RangeError('nobody there');
    return address;
  };
  return {
    wire: envelopedWire(chatDocument(internalChatId(administrator.company))),
    beats: true,
    reader: addressOf,
    writers: people.map(({ account }, index) => ({ account, address: addressOf(index) })),
    async stop() {
      await server.kill();
      await removeDataDir(dataDir);
    },
  };
}
