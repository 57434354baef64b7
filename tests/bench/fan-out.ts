/**
 * Deliveries per second in one room with 100 and 1,000 readers: the product's server, with gate and log on and every message durable
 * before it is delivered, against y-websocket's server and plain Hocuspocus, both without storage. Each server in a process of its
 * own, all under the same raw clients.
 */
import { median, printTable } from '../support/figures.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { startHausfunk } from './fan-out/hausfunk.ts';
import { measureRoom } from './fan-out/load.ts';
import { startHocuspocus, startYWebsocket, type RunningRoom } from './fan-out/peers.ts';

const READERS = [100, 1_000];
const ROUNDS = 3;
const ROUND_MS = 4_000;
/** The bounds of the performance budget. */
const OVER_Y_WEBSOCKET = 4;
const OVER_HOCUSPOCUS = 0.8;

export async function bench(): Promise<Measurement> {
  const random = seededRandom(100);
  const measure = async (start: () => Promise<RunningRoom>, readers: number): Promise<number> => {
    const room = await start();
    try {
      return (await measureRoom(room, readers, ROUND_MS, random)).perSecond;
    } finally {
      await room.stop();
    }
  };
  const figures: Record<string, number> = {};
  const rows: (string | number)[][] = [['readers', 'server', 'deliveries/s', 'messages/s', 'Hausfunk against it']];
  let pass = true;
  for (const readers of READERS) {
    const hausfunk: number[] = [];
    const yWebsocket: number[] = [];
    const hocuspocus: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      hausfunk.push(await measure(startHausfunk, readers));
      yWebsocket.push(await measure(startYWebsocket, readers));
      hocuspocus.push(await measure(startHocuspocus, readers));
    }
    const own = median(hausfunk);
    const overYWebsocket = own / median(yWebsocket);
    const overHocuspocus = own / median(hocuspocus);
    rows.push(
      [readers, 'Hausfunk', own, own / readers, ''],
      ['', 'y-websocket', median(yWebsocket), median(yWebsocket) / readers, overYWebsocket],
      ['', 'Hocuspocus', median(hocuspocus), median(hocuspocus) / readers, overHocuspocus],
    );
    figures[`hausfunkPerSecond${readers}`] = own;
    figures[`overYWebsocket${readers}`] = overYWebsocket;
    figures[`overHocuspocus${readers}`] = overHocuspocus;
    pass &&= overYWebsocket >= OVER_Y_WEBSOCKET && overHocuspocus >= OVER_HOCUSPOCUS;
  }
  printTable('fan-out', rows);
  return { name: 'fan-out', pass, figures };
}
