import type { DeviceName } from '../identity/device-name.ts';
import type { Log } from '../log.ts';
import type { Database } from '../storage/sqlite/database.ts';
import { readInteger, type Row } from '../storage/sqlite/row.ts';

/** When a session was last heard of, and what its device calls itself. */
export interface SeenDevice extends DeviceName {
  readonly atMs: number;
}

/** Sessions whose last note is remembered; beyond that one is written down once too often. */
const MOST_REMEMBERED = 50_000;

export interface SeenDevicesOptions {
  readonly database: Database;
  /** So often at most a session is noted. */
  readonly everyMs: number;
  /** Sessions that were not seen for so long have ended. */
  readonly memoryMs: number;
  readonly nowMs: () => number;
  readonly log: Log;
}

/** Notes, in activity.db, which session was last used when. Not one write per request. */
export class SeenDevices {
  readonly #options: SeenDevicesOptions;
  readonly #note;
  readonly #of;
  readonly #forget;
  readonly #notedMs = new Map<string, number>();

  constructor(options: SeenDevicesOptions) {
    const { sql } = options.database;
    this.#options = options;
    this.#note = sql.prepare(
      `INSERT INTO seen (session, atMs, browser, system) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET atMs = excluded.atMs,
           browser = coalesce(excluded.browser, browser), system = coalesce(excluded.system, system)`,
    );
    this.#of = sql.prepare('SELECT atMs, browser, system FROM seen WHERE session = ?');
    this.#forget = sql.prepare('DELETE FROM seen WHERE session = ?');
    sql.prepare('DELETE FROM seen WHERE atMs < ?').run(options.nowMs() - options.memoryMs);
  }

  /** Without a name the one that is known stays. */
  seen(session: string, name: () => DeviceName = () => ({})): void {
    const { everyMs, log, nowMs } = this.#options;
    const atMs = nowMs();
    const notedMs = this.#notedMs.get(session);
    if (notedMs !== undefined && Math.abs(atMs - notedMs) < everyMs) return;
    const { browser, system } = name();
    if (this.#notedMs.size >= MOST_REMEMBERED) this.#notedMs.clear();
    this.#notedMs.set(session, atMs);
    try {
      this.#note.run(session, atMs, browser ?? null, system ?? null);
    } catch (error) {
      // A full disk is no reason to send anybody away.
      log.error('not-noted', error);
    }
  }

  of(session: string): SeenDevice | undefined {
    const row: Row | undefined = this.#of.get(session);
    if (row === undefined) return undefined;
    const { browser, system } = row;
    return {
      atMs: readInteger(row, 'atMs'),
      ...(typeof browser === 'string' ? { browser } : {}),
      ...(typeof system === 'string' ? { system } : {}),
    };
  }

  ended(session: string): void {
    // What is still under way, such as the close of its sockets, doesn't bring the note back.
    this.#notedMs.set(session, this.#options.nowMs());
    try {
      this.#forget.run(session);
    } catch (error) {
      this.#options.log.error('not-noted', error);
    }
  }
}
