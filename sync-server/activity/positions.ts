import { isAccount, type Account } from '../../crdt/model/log/writer.ts';
import type { ChatId } from '../../crdt/model/protocol/document-name.ts';
import type { Database } from '../storage/sqlite/database.ts';
import { readInteger } from '../storage/sqlite/row.ts';

/** How far a person has got in a chat; arrival numbers, 0: nowhere. */
export interface Position {
  readonly account: Account;
  readonly delivered: number;
  readonly read: number;
}

export interface PlacedPosition extends Position {
  readonly chat: ChatId;
}

/** What is written down together. */
export interface Progress {
  readonly positions: readonly PlacedPosition[];
  /** Who has switched read receipts off (true) or on. */
  readonly silent: ReadonlyMap<Account, boolean>;
  /** All `me` documents up to this sequence are in; undefined: as before. */
  readonly mirrored: number | undefined;
}

/** How far people have got, in activity.db. Positions only grow; synchronous. */
export class Positions {
  readonly #database: Database;
  readonly #epoch: string;
  readonly #raise;
  readonly #ofChat;
  readonly #silence;
  readonly #speak;
  /** As in the table; asked for every member of a chat. */
  readonly #silent = new Set<Account>();
  readonly #setMirrored;
  readonly #mirrored;

  constructor(database: Database, epoch: string) {
    const { sql } = database;
    this.#database = database;
    this.#epoch = epoch;
    this.#raise = sql.prepare(
      `INSERT INTO positions (chat, account, delivered, read) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET delivered = max(delivered, excluded.delivered), read = max(read, excluded.read)
         WHERE excluded.delivered > delivered OR excluded.read > read`,
    );
    this.#ofChat = sql.prepare('SELECT account, delivered, read FROM positions WHERE chat = ?');
    this.#silence = sql.prepare('INSERT INTO silent VALUES (?) ON CONFLICT DO NOTHING');
    this.#speak = sql.prepare('DELETE FROM silent WHERE account = ?');
    this.#setMirrored = sql.prepare(
      'INSERT INTO mirrored VALUES (?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence',
    );
    this.#mirrored = sql.prepare('SELECT sequence FROM mirrored WHERE epoch = ?');
    // What was mirrored of a history that a restore has given up says nothing about this one.
    sql.prepare('DELETE FROM mirrored WHERE epoch <> ?').run(epoch);
    for (const row of sql.prepare('SELECT account FROM silent').iterate()) {
      const account = readInteger(row, 'account');
      if (isAccount(account)) this.#silent.add(account);
    }
  }

  /** Writes it down in one transaction; tells the chats in which somebody has got further. */
  write({ positions, silent, mirrored }: Progress): Set<ChatId> {
    const changed = new Set<ChatId>();
    this.#database.transaction(() => {
      for (const { chat, account, delivered, read } of positions) {
        if (this.#raise.run(chat, account, delivered, read).changes > 0) changed.add(chat);
      }
      for (const [account, isSilent] of silent) (isSilent ? this.#silence : this.#speak).run(account);
      if (mirrored !== undefined) this.#setMirrored.run(this.#epoch, mirrored);
    });
    for (const [account, isSilent] of silent) {
      if (isSilent) this.#silent.add(account);
      else this.#silent.delete(account);
    }
    return changed;
  }

  /** Waits until everything is on the disk; a backup that reads meanwhile may keep some of it for the next time. */
  makeDurable(): void {
    this.#database.sql.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Everybody who was ever told of in a chat. */
  *of(chat: ChatId): Generator<Position> {
    for (const row of this.#ofChat.iterate(chat)) {
      const account = readInteger(row, 'account');
      if (!isAccount(account)) continue;
      yield { account, delivered: readInteger(row, 'delivered'), read: readInteger(row, 'read') };
    }
  }

  /** Whether a person has switched read receipts off. */
  isSilent(account: Account): boolean {
    return this.#silent.has(account);
  }

  /** `me` documents are mirrored up to this sequence; 0 when nothing of this history is. */
  get mirrored(): number {
    const row = this.#mirrored.get(this.#epoch);
    return row === undefined ? 0 : readInteger(row, 'sequence');
  }
}
