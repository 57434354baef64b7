/** The replica: everything a person may read, and everything they write, on this device first. See contract.ts. */
import { meVocabulary, readKey } from '../model/me/me-entries.ts';
import { MeReader } from '../model/me/me-values.ts';
import { FactsReader } from '../model/log/facts.ts';
import { encodeSet } from '../model/log/set-entry.ts';
import { stampAfter, stampAt } from '../model/log/stamp.ts';
import type { Json } from '../model/log/append.ts';
import {
  companyDocument,
  inboxDocument,
  meDocument,
  type ChatId,
  type DocumentName,
} from '../model/protocol/document-name.ts';
import { openChatView } from './chat/chat-view.ts';
import { ChatIndex } from './chat/chat-index.ts';
import { KeptFactsView } from './chat/kept-facts.ts';
import { Deliveries } from './chat/deliveries.ts';
import { ReceiptsCache } from './chat/receipts-cache.ts';
import type { AppendOutcome, OpenReplica, Replica, ReplicaEnvironment, ReplicaTimings } from './contract.ts';
import {
  aliveLock,
  contextLock,
  electionLock,
  metaDatabaseName,
  tabChannelName,
  type Device,
} from './documents/device.ts';
import { Drafts } from './drafts.ts';
import { Network } from './network.ts';
import { Heads } from './documents/heads.ts';
import { OpenDocuments } from './documents/open-documents.ts';
import { OwnClock } from './documents/own-clock.ts';
import { recoverRecords } from './documents/recover-records.ts';
import { Repairs } from './documents/repairs.ts';
import { lookAfter, recordAgain } from './documents/look-after.ts';
import { WaitingEntries } from './documents/waiting-entries.ts';
import { QuarantineRecords } from './quarantine/quarantine-records.ts';
import { whenIdle } from './next-turn.ts';
import { once } from './once.ts';
import { MetaDatabase, type FirstState } from './storage/meta-database.ts';
import { documentsOf, type KeptFacts } from './storage/meta-records.ts';
import { StorageHealth } from './storage/storage-health.ts';
import { standForElection, whenHeld } from './tabs/election.ts';
import { TabChannel, type TabMessage } from './tabs/tab-channel.ts';
import { whenKnown } from './when-known.ts';

/** The server sends a frame every 10 s; a person waits two minutes at most for the next attempt, and taps meanwhile. */
const TIMINGS: ReplicaTimings = {
  silenceMs: 25_000,
  retryMinMs: 1_000,
  retryMaxMs: 60_000,
  receiptMs: 8_000,
  roomMs: 60_000,
};

export const openReplica: OpenReplica = async (environment) => {
  const held: Held = [];
  try {
    return await open(environment, held);
  } catch (error) {
    await giveBack(held);
    throw error;
  }
};

/** What a replica has taken, as the ends of it, in order. */
type Held = (() => unknown)[];

async function giveBack(held: Held): Promise<void> {
  for (const end of held.splice(0).toReversed()) {
    try {
      await end();
    } catch {
      // What can't be ended in order must not keep the rest.
    }
  }
}

async function open(environment: ReplicaEnvironment, held: Held): Promise<Replica> {
  const { account, namespace } = environment;
  const context = `${environment.random32().toString(36)}${environment.random32().toString(36)}`;
  // All three at once: each is a way to another process and back.
  const [opening, alive, ownContext] = [
    MetaDatabase.open(metaDatabaseName(namespace)),
    whenHeld(aliveLock(namespace), 'shared'),
    whenHeld(contextLock(namespace, context)),
  ];
  opening.catch(() => undefined);
  held.push(await alive);
  held.push(await ownContext);
  // A wipe that was going on meanwhile has closed it; now none is.
  const opened = await opening;
  const meta = opened.dead ? await MetaDatabase.open(metaDatabaseName(namespace)) : opened;
  held.push(() => meta.close());
  const inboxName = inboxDocument(account);
  const companyName = companyDocument(environment.company);
  const meName = meDocument(account);
  const keptFactsOf = (...names: readonly DocumentName[]): Promise<readonly (KeptFacts | undefined)[]> =>
    // What can't be read is read from its document.
    meta.allFactsOf(names).catch(() => []);
  const readFirst = (): Promise<FirstState> => meta.readFirst([inboxName, companyName, meName]);
  let state = await readFirst();
  let isFresh = false;
  if (meta.created || state.isDamaged) {
    const found = await recoverRecords(meta, namespace, account);
    isFresh = meta.created && found === 0;
    state = await readFirst();
  }
  const documentsState = once(async () => {
    let read = await meta.readDocuments();
    if (read.isDamaged) {
      await recoverRecords(meta, namespace, account);
      read = await meta.readDocuments();
      await device.repairs.reload();
    }
    device.heads.adopt(read.heads);
    return read;
  });
  const tabs = new TabChannel(tabChannelName(namespace));
  held.push(() => tabs.close());
  const device: Device = {
    namespace,
    account,
    context,
    random32: environment.random32,
    clock: new OwnClock(environment.nowMs, state.clockOffsetMs),
    meta,
    health: new StorageHealth(() => meta.probe()),
    tabs,
    waiting: new WaitingEntries(tabs),
    heads: new Heads(meta, state.heads),
    repairs: new Repairs(meta, tabs, state.repairs, isFresh),
    recordsKnown: async () => void (await documentsState()),
    quarantined: () => quarantine.reload(),
  };
  held.push(() => device.health.stop());
  const documents = new OpenDocuments(device);
  held.push(async () => {
    await documents.closeAll();
    await device.heads.saved();
  });
  const drafts = new Drafts(account, async (key, text) => {
    const { reader } = await me.opened();
    if ((reader().values.get(key) ?? '') !== text) await setMine(key, text === '' ? null : text);
  });
  documents.onOpened((document) => {
    if (document.name === meName) drafts.follow(document);
  });
  const quarantine: QuarantineRecords = new QuarantineRecords(device, state.quarantine);
  device.repairs.onSuspect((document) => void lookAfter(documents, document));
  meta.onEmptied(() => void recordAgain(device, documents, quarantine));

  const common = { device, documents };
  const inbox = new KeptFactsView({ ...common, name: inboxName, readerOf: (doc) => new FactsReader(doc) });
  const companyFacts = new KeptFactsView({ ...common, name: companyName, readerOf: (doc) => new FactsReader(doc) });
  const me = new KeptFactsView({ ...common, name: meName, readerOf: (doc) => new MeReader(doc) });
  const chats = new ChatIndex({ ...common, inbox, company: companyFacts, me });
  tabs.listen((message) => hearTab(device, documents, quarantine, (document) => chats.changed(document), message));

  const deliveries = new Deliveries({
    device,
    index: chats,
    nowMs: environment.nowMs,
    send: (message) => network.say(message),
  });
  /** All that a drawn top of the list does not need. */
  const known = once(async () => {
    const [{ digests, told, unsent: marks, catchUp }, [companyKept, meKept, inboxKept]] = await Promise.all([
      documentsState(),
      keptFactsOf(companyName, meName, inboxName),
    ]);
    // The head doesn't know of what waits here.
    const meWaits = documentsOf(marks).has(meName);
    await Promise.all([companyFacts.open(companyKept), me.open(meWaits ? undefined : meKept), inbox.open(inboxKept)]);
    await chats.begin(digests);
    if (told !== undefined) deliveries.recall(told);
    // How many entries wait is known from the start, whichever tab or earlier run has written them.
    for (const document of documentsOf(marks)) {
      const use = await documents.use(document);
      chats.changed(document);
      use.release();
    }
    return catchUp;
  });
  const { top } = state;
  const isTopFirst = environment.drawn !== undefined && environment.wholeAtOnce !== true && state.unsent.length === 0;
  if (isTopFirst && top !== undefined) {
    companyFacts.show(top.company);
    me.show(top.me);
    chats.showTop(top);
  } else await known();

  const receipts = new ReceiptsCache(meta);
  const ending = new AbortController();
  const timings = { ...TIMINGS, ...environment.timings };
  const ready = whenKnown(environment.drawn, known, device.health, timings, ending.signal);
  const network: Network = new Network({
    environment,
    timings,
    device,
    documents,
    quarantine,
    ready,
    chats,
    listsFollowed: () => Promise.all([inbox.opened(), me.opened()]),
    heard: (document, message) => {
      receipts.hear(document, message);
      deliveries.hear(document, message);
    },
  });
  const resign = standForElection(electionLock(namespace), () => {
    network.elected();
    deliveries.elected();
    drafts.elected();
  });

  // Inbox and me stay open, and so does the network's interest in them, once what was kept of them is drawn; of a change in the company
  // the server tells beside.
  void ready.then(whenIdle).then(() => {
    if (ending.signal.aborted) return;
    void inbox.opened();
    void me.opened();
  });

  const setMine = async (key: string, value: Json): Promise<AppendOutcome> => {
    const wellFormed = typeof value === 'string' ? value.toWellFormed() : value;
    const refused = meVocabulary(encodeSet(stampAt(0), key, wellFormed), account);
    if (refused !== undefined) return { kind: 'refused', detail: refused };
    if (ending.signal.aborted) return { kind: 'storage-failed', detail: 'closed' };
    const { document, reader } = await me.opened();
    return document.append((stamp) => {
      // However far ahead the clock was that stamped the value before: this one has to win over it, on every device.
      const before = reader().stampOf(key);
      return encodeSet(before === undefined || stamp > before ? stamp : stampAfter(before), key, wellFormed);
    });
  };

  let stopping: Promise<void> | undefined;
  tabs.listen(({ kind }) => {
    if (kind === 'wipe') stopping ??= stop();
  });
  const stop = async (): Promise<void> => {
    ending.abort();
    resign();
    await network.stop();
    // Before what it makes is closed.
    await known.settled();
    deliveries.stop();
    await chats.stop();
    await Promise.all([inbox.stop(), companyFacts.stop(), me.stop()]);
    await receipts.saved();
    await giveBack(held);
  };

  return {
    connection: network.view,
    storage: device.health.view,
    repairs: device.repairs.view,
    acknowledgeRepairs: () => device.repairs.acknowledge(),
    history: network.history,
    pauseHistory: (paused) => network.pauseHistory(paused),
    freshCopy: device.repairs.freshCopy,
    waiting: device.waiting.total,
    waitingByChat: device.waiting.byChat,
    failedByChat: quarantine.failedByChat,
    inbox,
    companyFacts,
    me,
    setMine,
    openChat: async (chat: ChatId) => {
      await known();
      return openChatView(
        {
          device,
          documents,
          index: chats,
          quarantine,
          receipts,
          me: me.facts,
          fetch: (document) => network.fetch(document),
          markRead: (of, number) => setMine(readKey(of), number),
        },
        chat,
      );
    },
    unreadByChat: chats.numbers,
    summaries: chats.summaries,
    whole: chats.whole,
    tellWhole: async () => void (await known()),
    wake: () => network.wake(),
    networkLost: () => network.networkLost(),
    stop: () => (stopping ??= stop()),
  };
}

function hearTab(
  device: Device,
  documents: OpenDocuments,
  quarantine: QuarantineRecords,
  written: (document: DocumentName) => void,
  message: TabMessage,
): void {
  switch (message.kind) {
    case 'waiting':
      // Who has the document open counts for itself.
      if (documents.get(message.document) === undefined) device.waiting.adopt(message.document, message.count);
      return;
    case 'stored':
      device.heads.advance(message.document, message.number, true);
      return;
    case 'clock':
      device.clock.adoptOffset(message.offsetMs);
      return;
    case 'quarantine':
      void quarantine.reload();
      return;
    case 'history':
    case 'history-asked':
    case 'history-paused':
      // Those who know of it listen themselves.
      return;
    case 'append':
    case 'generation':
      // Documents that are open here listen themselves.
      return written(message.document);
    case 'repairs':
      void device.repairs.reload();
      return;
    case 'mended':
    case 'wipe':
      // So do the documents, and the replica.
      return;
  }
}
