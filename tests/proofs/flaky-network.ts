/**
 * Twenty devices on bad lines: half of what they write is written offline, with edits, retractions and reactions, devices that die and
 * come back, clocks that are wrong by up to a year, and between them and the server latency, resets, black holes and partitions by a
 * seed. In the end nothing is lost or doubled, and all devices and a fresh one show the same. SEED=n runs that seed alone.
 */
import { cp } from 'node:fs/promises';
import { internalChatId, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import { createCorpus } from '../support/corpus.ts';
import { printTable } from '../support/figures.ts';
import { addPerson, createDataDir, removeDataDir, setUp, type SignedInPerson } from '../support/installation.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { isSound, numbersOf, Remembered, type Judgement } from '../support/remembered.ts';
import { forgetDevices, openNodeDevice } from '../support/replica-client.ts';
import { showAll, type NamedDevice } from '../support/show.ts';
import { startTunedServer, UNHURRIED } from '../support/tuned-server.ts';
import { sendTraveller, TIMINGS, type Traveller } from './flaky-network/traveller.ts';
import { beginStorm } from './flaky-network/weather.ts';

const SEEDS = 20;
/** Four of them have two devices. */
const PEOPLE = 16;
const DEVICES = 20;
const IN_STEP_MS = 60_000;
/** Small pages, so that stragglers write into old ones; signs of life as quick as the clients' patience is short. */
const LIMITS = { ...UNHURRIED, pageEntries: 500, heartbeatMs: 400, unansweredHeartbeats: 10, compactionMs: 1_000 };

/** Devices reach the server through their proxies; what a browser sends as Origin stays the same. */
const ENVIRONMENT = { PUBLIC_URL: 'http://office.example.test' };

interface SeedResult {
  readonly judgement: Judgement;
  readonly seconds: number;
  readonly crashes: number;
  readonly offlineShare: number;
  readonly messages: number;
}

/** A data folder with everybody signed in, to be copied for each seed. */
async function prepare(): Promise<{ dataDir: string; people: readonly SignedInPerson[] }> {
  const dataDir = await createDataDir();
  const server = await startTunedServer({ dataDir, limits: LIMITS, environment: ENVIRONMENT });
  const administrator = await setUp(server, server.setupCode ?? '');
  const people = [administrator];
  while (people.length < PEOPLE) people.push(await addPerson(server, administrator));
  await server.projected();
  await server.kill();
  return { dataDir, people };
}

/** Everybody is in the internal chat and has a private one with each neighbour. */
function chatsOf(people: readonly SignedInPerson[], person: SignedInPerson): ChatId[] {
  const index = people.indexOf(person);
  const neighbours = [people.at(index - 1), people[(index + 1) % people.length]];
  return [
    internalChatId(person.company),
    ...neighbours.flatMap((one) => (one === undefined ? [] : [privateChatId(person.account, one.account)])),
  ];
}

async function runSeed(seed: number, template: string, people: readonly SignedInPerson[]): Promise<SeedResult> {
  const random = seededRandom(seed);
  const corpus = createCorpus(random.fork('texts'));
  const remembered = new Remembered();
  const startedMs = performance.now();
  const dataDir = await createDataDir();
  await cp(template, dataDir, { recursive: true });
  const server = await startTunedServer({ dataDir, limits: LIMITS, environment: ENVIRONMENT });
  const travellers: Traveller[] = [];
  const fresh: NamedDevice[] = [];
  try {
    for (let index = 0; index < DEVICES; index += 1) {
      const person = people[index % people.length];
      if (person === undefined) throw new RangeError('nobody there');
      const name = `seed-${seed}-${index}`;
      travellers.push(
        await sendTraveller({
          name,
          person,
          chats: chatsOf(people, person),
          serverPort: server.port,
          publicOrigin: server.publicUrl,
          random: random.fork(name),
          corpus,
          remembered,
        }),
      );
    }
    const storm = beginStorm(travellers, random.fork('weather'));
    await Promise.all(travellers.map((traveller) => traveller.write()));
    await storm.end();

    for (const person of people.slice(0, 2)) {
      const name = `seed-${seed}-fresh-${person.account}`;
      const device = await openNodeDevice({
        origin: server.url,
        publicOrigin: server.publicUrl,
        cookie: person.cookie,
        account: person.account,
        company: person.company,
        namespace: name,
        random: random.fork(name),
        skewMs: 0,
        timings: TIMINGS,
      });
      fresh.push({ name, account: person.account, device, chats: chatsOf(people, person) });
    }
    const showings = await showAll([...travellers.map((traveller) => traveller.shown()), ...fresh], IN_STEP_MS);
    for (const traveller of travellers) await traveller.collect();
    const messages = travellers.reduce((sum, traveller) => sum + traveller.messages(), 0);
    return {
      judgement: remembered.judge(showings),
      seconds: (performance.now() - startedMs) / 1_000,
      crashes: travellers.reduce((sum, traveller) => sum + traveller.crashes(), 0),
      offlineShare: travellers.reduce((sum, traveller) => sum + traveller.writtenOffline(), 0) / messages,
      messages,
    };
  } finally {
    for (const traveller of travellers) await traveller.leave();
    for (const { device } of fresh) await device.stop();
    await server.kill();
    await removeDataDir(dataDir);
    forgetDevices();
  }
}

export async function prove(): Promise<Measurement> {
  const { dataDir, people } = await prepare();
  const wanted = process.env['SEED'];
  const seeds = wanted === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : [Number(wanted)];
  const rows: (string | number)[][] = [['seed', 'messages', 'offline', 'crashes', 'seconds', 'faults']];
  const totals: { [name: string]: number } = {};
  let pass = true;
  let crashes = 0;
  let messages = 0;
  let leastOfflineShare = 1;
  const startedMs = performance.now();
  try {
    for (const seed of seeds) {
      const result = await runSeed(seed, dataDir, people);
      const sound = isSound(result.judgement);
      pass &&= sound;
      crashes += result.crashes;
      messages += result.messages;
      leastOfflineShare = Math.min(leastOfflineShare, result.offlineShare);
      const numbers = numbersOf(result.judgement);
      for (const [name, value] of Object.entries(numbers)) totals[name] = (totals[name] ?? 0) + value;
      rows.push([
        seed,
        result.messages,
        result.offlineShare,
        result.crashes,
        result.seconds,
        sound ? 'none' : JSON.stringify(numbers),
      ]);
      console.log(
        `seed ${seed}: ${result.messages} messages, ${Math.round(result.seconds)} s, ${sound ? 'sound' : JSON.stringify(numbers)}`,
      );
      for (const problem of result.judgement.problems) console.log(`  seed ${seed}: ${problem}`);
    }
  } finally {
    await removeDataDir(dataDir);
  }
  printTable('flaky-network', rows);
  pass &&= messages >= seeds.length * DEVICES * 200 && leastOfflineShare >= 0.45 && crashes >= seeds.length;
  const seconds = (performance.now() - startedMs) / 1_000;
  return {
    name: 'flaky-network',
    pass,
    figures: { seeds: seeds.length, devices: DEVICES, messages, ...totals, crashes, leastOfflineShare, seconds },
  };
}
