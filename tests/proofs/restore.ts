/**
 * A backup is taken while people write; they go on writing and taking back; then the disk is lost, or the data are replaced, and the
 * backup is restored. The devices return what the server has lost, their own entries each; what was taken back stays erased, also in
 * the stored bytes; nothing is doubled; and every device and a fresh one show the same.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { internalChatId, privateChatId, type ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { ReplicaTimings } from '../../crdt/replica/contract.ts';
import { runCommand } from '../support/command.ts';
import { createCorpus } from '../support/corpus.ts';
import { printTable } from '../support/figures.ts';
import { addPerson, createDataDir, removeDataDir, setUp, type SignedInPerson } from '../support/installation.ts';
import type { Measurement } from '../support/measurement.ts';
import { seededRandom } from '../support/random.ts';
import { isSound, numbersOf, Remembered } from '../support/remembered.ts';
import { openNodeDevice, type NodeDevice } from '../support/replica-client.ts';
import { createScribe, type Scribe } from '../support/scribe.ts';
import { showAll, type NamedDevice } from '../support/show.ts';
import { CLEAR, openTcpProxy } from '../support/tcp-proxy.ts';
import { startTunedServer, UNHURRIED, type TunedServer } from '../support/tuned-server.ts';
import { storedTexts } from './restore/stored-texts.ts';

/** The data folder at the time of restoring: still there, or lost with its disk. */
const WAYS = ['replaced', 'lost'] as const;
const PEOPLE = 5;
const BEFORE = 250;
const DURING = 250;
const AFTER = 250;
const THINKING_MS = 12;
/** Taken back after the backup by each device, besides what chance takes back. */
const RETRACTIONS = 6;
const IN_STEP_MS = 60_000;
const ERASED_WITHIN_MS = 20_000;
const LIMITS = { ...UNHURRIED, pageEntries: 400, compactionMs: 300 };
const ENVIRONMENT = { PUBLIC_URL: 'http://office.example.test' };
const TIMINGS: Partial<ReplicaTimings> = { retryMinMs: 50, retryMaxMs: 500, receiptMs: 1_000 };

async function command(script: string, folder: string, dataDir: string): Promise<string> {
  const running = runCommand(`sync-server/operations/${script}.ts`, [folder], { DATA_DIR: dataDir, ...ENVIRONMENT });
  const code = await running.ended;
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${running.printed()}`);
  return running.printed();
}

async function write(scribes: readonly Scribe[], messages: number): Promise<void> {
  const work = async (scribe: Scribe): Promise<void> => {
    const until = scribe.messages + messages / scribes.length;
    while (scribe.messages < until) {
      await scribe.act();
      await pause(THINKING_MS);
      await scribe.collect();
    }
  };
  await Promise.all(scribes.map(work));
}

async function runWay(way: (typeof WAYS)[number], seed: number) {
  const random = seededRandom(seed);
  const corpus = createCorpus(random.fork('texts'));
  const remembered = new Remembered();
  const dataDir = await createDataDir();
  const backupDir = join(await createDataDir(), 'backup');
  const tuning = { dataDir, limits: LIMITS, environment: ENVIRONMENT };
  let server: TunedServer = await startTunedServer(tuning);
  /** One person is away from before the backup until after the restore. */
  const absentLine = await openTcpProxy({ targetPort: server.port, random: random.unit });
  const devices: NodeDevice[] = [];
  try {
    const administrator = await setUp(server, server.setupCode ?? '');
    const people: SignedInPerson[] = [administrator];
    while (people.length < PEOPLE) people.push(await addPerson(server, administrator));
    await server.projected();
    const chatsOf = ({ account, company }: SignedInPerson): ChatId[] => [
      internalChatId(company),
      ...(account === administrator.account ? people.slice(1) : [administrator]).map((one) =>
        privateChatId(account, one.account),
      ),
    ];
    const open = async (person: SignedInPerson, name: string, port: number): Promise<NamedDevice> => {
      const device = await openNodeDevice({
        origin: `http://127.0.0.1:${port}`,
        publicOrigin: server.publicUrl,
        cookie: person.cookie,
        account: person.account,
        company: person.company,
        namespace: `${way}-${name}`,
        random: random.fork(name),
        skewMs: 0,
        timings: TIMINGS,
      });
      devices.push(device);
      return { name, account: person.account, device, chats: chatsOf(person) };
    };
    const named: NamedDevice[] = [];
    for (const [index, person] of people.entries()) {
      named.push(await open(person, `device-${index}`, index === PEOPLE - 1 ? absentLine.port : server.port));
    }
    const scribes = named.map(({ name, account, device, chats }) =>
      createScribe(device, {
        label: `${way}-${name}`,
        account,
        chats,
        random: random.fork(`${name} writes`),
        corpus,
        remembered,
      }),
    );
    const present = scribes.slice(0, -1);
    const absent = scribes.slice(-1);

    await write(scribes, BEFORE);
    await absentLine.setWeather({ kind: 'refused' });
    absentLine.reset();
    await write(absent, BEFORE / PEOPLE);
    const [, printed] = await Promise.all([
      write(present, DURING),
      pause(500).then(() => command('backup', backupDir, dataDir)),
    ]);
    await write(present, AFTER);
    for (const scribe of present) for (let left = RETRACTIONS; left > 0; left -= 1) await scribe.retract();
    for (const { device } of named.slice(0, -1)) {
      if (!(await device.allSent(IN_STEP_MS))) throw new Error('the later entries were not sent before the loss');
    }
    for (const scribe of present) await scribe.collect();
    const receiptedBefore = remembered.receiptCount;

    await server.kill();
    if (way === 'lost') for (const name of await readdir(dataDir)) await rm(join(dataDir, name), { recursive: true });
    const restored = await command('restore', backupDir, dataDir);
    console.log(`${way}: ${printed}\n${restored}`);
    remembered.voidReceipts();
    server = await startTunedServer({ ...tuning, port: server.port });
    await absentLine.setWeather(CLEAR);
    for (const { device } of named) await device.wake();

    await showAll(named, IN_STEP_MS);
    await write(scribes, PEOPLE * 5);
    for (const person of people.slice(0, 2)) named.push(await open(person, `fresh-${person.account}`, server.port));
    const showings = await showAll(named, IN_STEP_MS);
    for (const scribe of scribes) await scribe.collect();
    const judgement = remembered.judge(showings);
    for (const problem of judgement.problems) console.log(`${way}: ${problem}`);

    const retracted = remembered.retractedTexts();
    const endMs = performance.now() + ERASED_WITHIN_MS;
    let stored = storedTexts(dataDir, retracted);
    while (stored.length > 0 && performance.now() < endMs) {
      await pause(500);
      stored = storedTexts(dataDir, retracted);
    }
    for (const text of stored.slice(0, 5)) console.log(`${way}: still stored: ${text}`);
    return { judgement, receiptedBefore, erasedTexts: retracted.length, stillStored: stored.length };
  } finally {
    for (const device of devices) await device.stop();
    await absentLine.close();
    await server.kill();
    await removeDataDir(dataDir);
    await removeDataDir(join(backupDir, '..'));
  }
}

export async function prove(): Promise<Measurement> {
  const rows: (string | number)[][] = [
    ['data folder', 'written', 'receipted before', 'erased texts', 'still stored', 'faults'],
  ];
  const figures: Record<string, number> = {};
  let pass = true;
  for (const [index, way] of WAYS.entries()) {
    const { judgement, receiptedBefore, erasedTexts, stillStored } = await runWay(way, index + 1);
    const sound = isSound(judgement);
    pass &&= sound && stillStored === 0 && erasedTexts > 0;
    const numbers = numbersOf(judgement);
    rows.push([
      way,
      judgement.written,
      receiptedBefore,
      erasedTexts,
      stillStored,
      sound ? 'none' : JSON.stringify(numbers),
    ]);
    for (const [name, value] of Object.entries({ ...numbers, receiptedBefore, erasedTexts, stillStored })) {
      figures[name] = (figures[name] ?? 0) + value;
    }
  }
  printTable('restore', rows);
  return { name: 'restore', pass, figures };
}
