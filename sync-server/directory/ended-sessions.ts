/**
 * Sessions that a person has ended, on the device or from another one, and whether the device shall be wiped: remembered by the hash of
 * their token, longer than any session lives, so that the device hears of it whenever it comes, and a restored backup brings none back.
 */
import type { Directory } from './directory.ts';
import { build } from './statements.ts';

export class EndedSessions {
  readonly #directory: Directory;
  readonly #memoryMs: number;
  readonly #nowMs: () => number;

  constructor(directory: Directory, memoryMs: number, nowMs: () => number) {
    this.#directory = directory;
    this.#memoryMs = memoryMs;
    this.#nowMs = nowMs;
  }

  /** Before the session itself goes: a crash in between must not forget the wish. A wish to wipe is never taken back. */
  end(tokenHash: string, wipe: boolean): void {
    this.#directory.change(() => {
      const { sql } = this.#directory;
      const endedMs = this.#nowMs();
      sql.run(build.deleteFrom('endedSessions').where('endedMs', '<', endedMs - this.#memoryMs));
      const row = { tokenHash, wipe: wipe ? 1 : 0, endedMs };
      sql.run(
        build
          .insertInto('endedSessions')
          .values(row)
          .onConflict((known) => known.column('tokenHash').doUpdateSet(wipe ? { wipe: 1, endedMs } : { endedMs })),
      );
    });
  }

  /** How the session of this token was ended; undefined when nobody has ended it. */
  of(tokenHash: string): 'ended' | 'wipe' | undefined {
    const query = build.selectFrom('endedSessions').select('wipe').where('tokenHash', '=', tokenHash);
    const row = this.#directory.sql.first(query);
    if (row === undefined) return undefined;
    return row.wipe === 1 ? 'wipe' : 'ended';
  }
}
