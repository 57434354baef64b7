/** Tables of directory.db as Kysely sees them. Booleans are 0 or 1, times unix ms. */
import type { Generated } from 'kysely';

export interface InstallationTable {
  name: string;
  value: string;
}

export interface CompaniesTable {
  company: Generated<number>;
  name: string;
}

export interface PeopleTable {
  account: Generated<number>;
  user: string;
  company: number;
  first: string;
  last: string;
  salutation: string | null;
  city: string | null;
  link: string | null;
  /** JSON, as in the company's facts. */
  absence: string | null;
  visible: number;
  admin: number;
  active: number;
  /** Arrival number of the company's internal chat at joining. */
  joined: number;
  picture: string | null;
}

export interface PicturesTable {
  picture: string;
  bytes: Uint8Array;
}

export interface EndedSessionsTable {
  tokenHash: string;
  wipe: number;
  endedMs: number;
}

export interface InvitationsTable {
  invitation: string;
  company: number;
  tokenHash: string;
  invitedBy: number;
  expiresMs: number;
  usedBy: number | null;
  revoked: number;
}

export interface ChatsTable {
  chat: string;
  /** The latest page. */
  pages: number;
}

export interface PrivateChatsTable {
  chat: string;
  account: number;
}

export interface CommandsTable {
  account: number;
  command: string;
  answer: string;
  timeMs: number;
}

export interface ToProjectTable {
  document: string;
  /** Rises with every change, so that one that happens meanwhile is not forgotten. */
  revision: number;
}

export interface DirectoryTables {
  installation: InstallationTable;
  companies: CompaniesTable;
  people: PeopleTable;
  invitations: InvitationsTable;
  chats: ChatsTable;
  privateChats: PrivateChatsTable;
  commands: CommandsTable;
  toProject: ToProjectTable;
  pictures: PicturesTable;
  endedSessions: EndedSessionsTable;
}
