/** What every route gets: the installation's parts, and what is known of the request. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { SeenDevices } from '../activity/seen-devices.ts';
import type { Config } from '../config.ts';
import type { Commands } from '../directory/commands.ts';
import type { Directory } from '../directory/directory.ts';
import type { EndedSessions } from '../directory/ended-sessions.ts';
import type { Invitations } from '../directory/invitations.ts';
import type { DirectoryPerson } from '../directory/person.ts';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { DocumentName } from '../../crdt/model/protocol/document-name.ts';
import type { Pictures } from '../directory/pictures.ts';
import type { SignInFailures } from '../identity/failures.ts';
import type { Identity } from '../identity/identity.ts';
import type { ServerLimits } from '../limits.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Drawn } from '../pictures/picture-drawer.ts';
import type { LogStore } from '../storage/log-store.ts';
import type { Submission } from '../sync/open-document.ts';

export interface Installation {
  readonly config: Config;
  readonly limits: ServerLimits;
  readonly identity: Identity;
  readonly failures: SignInFailures;
  readonly directory: Directory;
  readonly invitations: Invitations;
  readonly commands: Commands;
  readonly endedSessions: EndedSessions;
  readonly seenDevices: SeenDevices;
  readonly pictures: Pictures;
  /** Draws a picture anew, as it is to be served. */
  readonly drawPicture: (bytes: Uint8Array) => Promise<Drawn>;
  readonly store: LogStore;
  readonly epoch: string;
  /** Drawn when the data folder was new; kept by backup and restore. */
  readonly id: string;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly nowMs: () => number;
  readonly randomId: () => string;
  /** The one-time code, as long as the installation is empty. */
  readonly setupCode: () => string | undefined;
  /** True from the moment the server begins to stop. */
  readonly isStopping: () => boolean;
  /**
   * Entries by HTTP, through the same gate and ledger as those by WebSocket; undefined when the document is not for this person.
   * `settled` waits for what was on its way before.
   */
  readonly upload: (
    document: DocumentName,
    account: Account,
    update: Uint8Array,
  ) => Promise<{ readonly submission: Submission; readonly settled: () => Promise<unknown> } | undefined>;
  /** Closes the sockets of a session that has ended. */
  readonly endSession: (account: Account, session: string) => void;
  /** Whether a session has a socket open. */
  readonly isConnected: (account: Account, session: string) => boolean;
}

export interface Caller {
  readonly person: DirectoryPerson;
  readonly session: string;
}

export interface HttpEnvironment {
  Bindings: HttpBindings;
  Variables: { requestId: string; address: string; account: Account | undefined };
}

export type HttpContext = Context<HttpEnvironment>;
