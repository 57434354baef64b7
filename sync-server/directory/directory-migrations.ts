/** Format of directory.db. */
import type { Migration } from '../storage/sqlite/migrations.ts';

export const DIRECTORY_MIGRATIONS: readonly Migration[] = [
  `
  CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE companies (company INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL) STRICT;

  -- AUTOINCREMENT: an account number is never given twice, because it names the author of entries for ever. 1 is the server.
  CREATE TABLE people (
    account INTEGER PRIMARY KEY AUTOINCREMENT CHECK (account BETWEEN 2 AND 2097151),
    user TEXT NOT NULL UNIQUE,
    company INTEGER NOT NULL REFERENCES companies,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    salutation TEXT,
    city TEXT,
    link TEXT,
    absence TEXT,
    visible INTEGER NOT NULL DEFAULT 1,
    admin INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,
    joined INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO sqlite_sequence (name, seq) VALUES ('people', 1);
  CREATE INDEX peopleByCompany ON people (company);

  -- Only the hash of a token is kept: who reads the file can't join.
  CREATE TABLE invitations (
    invitation TEXT PRIMARY KEY,
    company INTEGER NOT NULL REFERENCES companies,
    tokenHash TEXT NOT NULL UNIQUE,
    invitedBy INTEGER NOT NULL REFERENCES people,
    expiresMs INTEGER NOT NULL,
    usedBy INTEGER REFERENCES people,
    revoked INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX invitationsByCompany ON invitations (company, expiresMs);

  CREATE TABLE chats (chat TEXT PRIMARY KEY, pages INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- Private chats that have begun, once for each of the two people.
  CREATE TABLE privateChats (account INTEGER NOT NULL REFERENCES people, chat TEXT NOT NULL, PRIMARY KEY (account, chat))
    STRICT, WITHOUT ROWID;

  CREATE TABLE commands (
    account INTEGER NOT NULL REFERENCES people,
    command TEXT NOT NULL,
    answer TEXT NOT NULL,
    timeMs INTEGER NOT NULL,
    PRIMARY KEY (account, command)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX commandsByTime ON commands (timeMs);

  -- Documents whose facts no longer say what the tables say; committed together with the change.
  CREATE TABLE toProject (document TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Pictures as they are served, by the hash of their bytes; kept as long as somebody has it.
  CREATE TABLE pictures (picture TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  ALTER TABLE people ADD COLUMN picture TEXT REFERENCES pictures;
  CREATE INDEX peopleByPicture ON people (picture);

  -- Sessions that were ended from another device, by the hash of their token; wipe: what lies there shall be deleted.
  CREATE TABLE endedSessions (tokenHash TEXT PRIMARY KEY, wipe INTEGER NOT NULL, endedMs INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  `,
  `
  -- The oldest are forgotten whenever one ends.
  CREATE INDEX endedSessionsByTime ON endedSessions (endedMs);
  `,
];
