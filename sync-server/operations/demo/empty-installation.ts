/** An empty data folder, opened so that a story can be written into it before a server has it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ACTIVITY_MIGRATIONS } from '../../activity/activity-migrations.ts';
import { Positions } from '../../activity/positions.ts';
import { DIRECTORY_MIGRATIONS } from '../../directory/directory-migrations.ts';
import { Directory } from '../../directory/directory.ts';
import { Pictures } from '../../directory/pictures.ts';
import { openIdentity, type Identity } from '../../identity/identity.ts';
import { SERVER_LIMITS } from '../../limits.ts';
import type { LogStore } from '../../storage/log-store.ts';
import { openDatabase } from '../../storage/sqlite/database.ts';
import { openSqliteLogStore } from '../../storage/sqlite/log-store.ts';
import type { Random } from './random.ts';
import { StoryLog } from './story-log.ts';

export interface EmptyInstallation {
  readonly directory: Directory;
  readonly identity: Identity;
  readonly positions: Positions;
  readonly pictures: Pictures;
  readonly store: LogStore;
  /** Writes into `store`, at the times of the story. */
  readonly log: StoryLog;
  close(): Promise<void>;
}

export async function openEmptyInstallation(dataDir: string, random: Random): Promise<EmptyInstallation> {
  let clockMs = 0;
  const directoryFile = openDatabase(join(dataDir, 'directory.db'), DIRECTORY_MIGRATIONS);
  const activityFile = openDatabase(join(dataDir, 'activity.db'), ACTIVITY_MIGRATIONS, 'NORMAL');
  const identity = await openIdentity({
    file: join(dataDir, 'identity.db'),
    // Signs cookies, and nobody signs in before the server starts with its own.
    secret: randomBytes(32).toString('base64url'),
    https: false,
    limits: SERVER_LIMITS,
    nowMs: Date.now,
    isEnded: () => false,
  });
  const store = await openSqliteLogStore({
    file: join(dataDir, 'log.db'),
    nowMs: () => clockMs,
    random32: () => random.uint32(),
  });
  const setClock = (unixMs: number): void => {
    clockMs = unixMs;
  };
  const directory = new Directory(directoryFile);
  return {
    directory,
    identity,
    positions: new Positions(activityFile, await store.epoch()),
    pictures: new Pictures(directory),
    store,
    log: new StoryLog(store, setClock, random),
    async close() {
      await store.close();
      identity.close();
      activityFile.close();
      directoryFile.close();
    },
  };
}
