/** The whole server, assembled: used by `npm start`, the demo, and by tests in their own process. */
import { getRandomValues, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { LIMITS } from '../crdt/model/log/limits.ts';
import { createActivity } from './activity/activity.ts';
import { ACTIVITY_MIGRATIONS } from './activity/activity-migrations.ts';
import { accessTo } from './chats/access.ts';
import { ChatKeeper } from './chats/chat-keeper.ts';
import { Projector } from './chats/projector.ts';
import { isHttps, type Config } from './config.ts';
import { Commands } from './directory/commands.ts';
import { DIRECTORY_MIGRATIONS } from './directory/directory-migrations.ts';
import { Directory } from './directory/directory.ts';
import { EndedSessions } from './directory/ended-sessions.ts';
import { Invitations } from './directory/invitations.ts';
import { Pictures } from './directory/pictures.ts';
import { createApplication } from './http/application.ts';
import type { Installation } from './http/context.ts';
import { createHttpServer, listen, stopListening } from './http/http-server.ts';
import { loadStaticFiles } from './http/static-files.ts';
import { SignInFailures } from './identity/failures.ts';
import { openIdentity } from './identity/identity.ts';
import { makeSetupCode } from './identity/setup-code.ts';
import { SERVER_LIMITS, type ServerLimits } from './limits.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { startCompaction } from './operations/compaction.ts';
import { PictureDrawer } from './pictures/picture-drawer.ts';
import { lockData } from './storage/sqlite/data-lock.ts';
import { openDatabase } from './storage/sqlite/database.ts';
import { openSqliteLogStore, type SqliteLogStore } from './storage/sqlite/log-store.ts';
import { admit } from './sync/admission.ts';
import { mountSync } from './sync/mount.ts';
import { Sync } from './sync/sync.ts';

export interface ServerOptions {
  readonly config: Config;
  readonly limits?: Partial<ServerLimits>;
  readonly nowMs?: () => number;
  readonly writeLog?: (line: string) => void;
  /** For measurements and tests of the store: see SqliteLogOptions. */
  readonly commitDelayMs?: number;
  readonly maxFileBytes?: number;
  /** Told when nothing can be stored any more; the process should end. */
  readonly onFailure?: (error: Error) => void;
}

export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, whatever PUBLIC_URL says. */
  readonly localUrl: string;
  /** The one-time code, while the installation is empty. */
  readonly setupCode: string | undefined;
  readonly directory: Directory;
  readonly store: SqliteLogStore;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Resolves when facts say what the directory says. */
  projected(): Promise<void>;
  /** Resolves when read markers are mirrored that were stored before the start. */
  mirrored(): Promise<void>;
  /** Stops accepting, finishes what was accepted, tells everybody why, closes the files. Bounded; the second call waits for the first. */
  stop(): Promise<void>;
}

/** Starts a server. Rejects, with everything closed again, for a data folder that is in use, newer, or half restored. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    return await assemble(options, undo);
  } catch (error) {
    for (const close of undo.toReversed()) await close();
    throw error;
  }
}

const random32 = (): number => getRandomValues(new Uint32Array(1))[0] ?? 0;

async function assemble(options: ServerOptions, undo: (() => void | Promise<void>)[]): Promise<RunningServer> {
  const { config } = options;
  const nowMs = options.nowMs ?? Date.now;
  const limits: ServerLimits = {
    ...SERVER_LIMITS,
    ...(config.pageEntries === undefined ? {} : { pageEntries: config.pageEntries }),
    ...(config.pageWriters === undefined ? {} : { pageWriters: config.pageWriters }),
    ...options.limits,
  };
  const log = createLog(config.logLevel, nowMs, options.writeLog ?? ((line) => process.stdout.write(line)));

  const lock = lockData(config.dataDir);
  undo.push(() => lock.release());
  const directoryFile = openDatabase(join(config.dataDir, 'directory.db'), DIRECTORY_MIGRATIONS);
  undo.push(() => directoryFile.close());
  const directory = new Directory(directoryFile);
  const secret = directory.setting('secret', () => randomBytes(32).toString('base64url'));
  const endedSessions = new EndedSessions(directory, limits.endedSessionMemoryMs, nowMs);
  const identity = await openIdentity({
    file: join(config.dataDir, 'identity.db'),
    secret,
    https: isHttps(config),
    limits,
    nowMs,
    isEnded: (tokenHash) => endedSessions.of(tokenHash) !== undefined,
  });
  undo.push(() => identity.close());
  const store = await openSqliteLogStore({
    file: join(config.dataDir, 'log.db'),
    nowMs,
    random32,
    onFailure: (error) => {
      log.error('store-failed', error);
      options.onFailure?.(error);
    },
    ...(options.commitDelayMs === undefined ? {} : { commitDelayMs: options.commitDelayMs }),
    ...(options.maxFileBytes === undefined ? {} : { maxFileBytes: options.maxFileBytes }),
  });
  undo.push(() => store.close());
  const epoch = await store.epoch();
  const restores = await store.restores();

  const activityFile = openDatabase(join(config.dataDir, 'activity.db'), ACTIVITY_MIGRATIONS, 'NORMAL');
  undo.push(() => activityFile.close());
  const activity = createActivity({
    database: activityFile,
    store,
    epoch,
    directory,
    limits,
    nowMs,
    log,
    onChanged: (chats) => sync.receiptsChanged(chats),
  });
  undo.push(() => activity.stop());
  const { positions, seenDevices } = activity;

  const metrics = createMetrics({
    sockets: () => sync.sockets.size,
    documents: () => sync.documents.size,
    commits: async () => (await store.stats()).commits,
  });
  const { pageEntries: entries, pageWriters: writers, pageBytes: bytes } = limits;
  const keeper = new ChatKeeper(directory, { entries, writers, bytes });
  const sync: Sync = new Sync({
    store,
    directory,
    epoch,
    // Only a restored server can be told of erased entries that it doesn't know; else thirty bytes could claim thousands of clocks.
    gateLimits: restores === 0 ? { ...LIMITS, erased: 0 } : LIMITS,
    limits,
    metrics,
    log,
    nowMs,
    events: {
      beforeStoring: (open) => keeper.accepted(open.kind),
      onChange: (open, change) => {
        activity.stored(open.kind, open.document, change);
        if (change.entries === 0) return;
        metrics.appends.inc();
        metrics.entries.inc(change.entries);
        keeper.stored(open.kind, open.counts);
      },
    },
    onLoaded: (open) => projector.compare(open.name),
    positions,
    onDelivered: (account, chats) => activity.delivered(account, chats),
  });
  undo.push(() => sync.stop());
  const projector = new Projector({
    directory,
    use: (document, work) => sync.documents.use(document, work),
    nowMs,
    log,
    retryMs: limits.askAgainMs,
  });
  undo.push(() => projector.stop());
  directory.subscribe((event) => {
    switch (event.kind) {
      case 'marked':
        return projector.wake();
      case 'rights':
        return sync.recheck(event.account, event.company);
    }
  });

  let isStopping = false;
  const setupCode = directory.isEmpty() ? makeSetupCode(randomBytes(12)) : undefined;
  const drawer = new PictureDrawer({ limits, log });
  const installation: Installation = {
    config,
    limits,
    identity,
    failures: new SignInFailures(limits, nowMs),
    directory,
    invitations: new Invitations(directory, secret, limits, nowMs),
    endedSessions,
    seenDevices,
    commands: new Commands(directory, limits.commandMemoryMs, nowMs),
    pictures: new Pictures(directory),
    drawPicture: (bytes) => drawer.draw(bytes),
    store,
    epoch,
    id: directory.setting('installation', () => randomBytes(12).toString('base64url')),
    metrics,
    log,
    nowMs,
    randomId: randomUUID,
    setupCode: () => setupCode,
    isStopping: () => isStopping,
    upload: (document, account, update) =>
      sync.documents.use(document, async (open) => {
        // As it is now: while the body came and the document was loaded, the person may have lost the right.
        const person = directory.person(account);
        const access = person === undefined ? 'none' : accessTo(open.kind, person, directory);
        if (access === 'none') return undefined;
        const submission = open.submit(update, { account, mayWrite: access === 'write' });
        if (submission.kind === 'refused') metrics.refusals.inc({ code: submission.code });
        return { submission, settled: () => open.settled() };
      }),
    endSession: (account, session) => sync.endSession(account, session),
    isConnected: (account, session) => sync.isConnected(account, session),
  };
  const http = createHttpServer(createApplication(installation, await loadStaticFiles(config.appDir)));
  const mount = mountSync({
    server: http,
    hocuspocus: sync.hocuspocus,
    sockets: sync.sockets,
    limits,
    log,
    metrics,
    admit: (request) => admit(request, { config, limits, identity, directory, sockets: sync.sockets }),
    onClosed: ({ session }) => {
      // At a stop the file may be closed already, and they come back at once.
      if (!isStopping) seenDevices.seen(session);
    },
  });
  undo.push(() => mount.close());
  const compaction = startCompaction({ store, limits, log, metrics });
  undo.push(() => compaction.stop());
  await listen(http, config.port, config.host);
  undo.push(() => stopListening(http));
  projector.wake();
  const mirroring = activity.catchUp();

  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  log.info('started', { port, epoch });

  const stop = async (): Promise<void> => {
    isStopping = true;
    mount.stopAccepting();
    projector.stop();
    const closed = stopListening(http);
    await within(limits.stopMs, sync.documents.settled());
    sync.closeAll('shutting-down');
    await within(limits.goodbyeMs, sync.sockets.empty());
    mount.close();
    http.closeIdleConnections();
    await within(limits.stopMs, Promise.all([projector.settled(), compaction.stop(), closed]));
    http.closeAllConnections();
    sync.stop();
    await within(limits.stopMs, activity.finish());
    activity.stop();
    await within(limits.stopMs, store.close());
    identity.close();
    activityFile.close();
    directoryFile.close();
    lock.release();
    log.info('stopped');
  };
  let stopping: Promise<void> | undefined;

  return {
    port,
    localUrl: `http://127.0.0.1:${port}`,
    get setupCode() {
      return directory.isEmpty() ? setupCode : undefined;
    },
    directory,
    store,
    metrics,
    log,
    projected: () => projector.settled(),
    mirrored: () => mirroring,
    stop: () => (stopping ??= stop()),
  };
}

/** Waits for a promise, but not for ever: a graceful stop must end. */
async function within(boundMs: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, boundMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
