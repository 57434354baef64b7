/** Commands by HTTP carry an id that the client made: asked again, they get the same answer and happen once. */
import type { Account } from '../../crdt/model/log/writer.ts';
import type { Directory } from './directory.ts';
import { build } from './statements.ts';

export class Commands {
  readonly #directory: Directory;
  readonly #memoryMs: number;
  readonly #nowMs: () => number;

  constructor(directory: Directory, memoryMs: number, nowMs: () => number) {
    this.#directory = directory;
    this.#memoryMs = memoryMs;
    this.#nowMs = nowMs;
  }

  /** Runs `work` in one transaction with noting its answer, unless this command of this account has run. */
  once<T>(account: Account, command: string, parse: (stored: unknown) => T, work: () => T): T {
    return this.#directory.change(() => {
      const { sql } = this.#directory;
      const mine = build.selectFrom('commands').select('answer').where('account', '=', account);
      const known = sql.first(mine.where('command', '=', command));
      if (known !== undefined) return parse(JSON.parse(known.answer));
      const answer = work();
      const timeMs = this.#nowMs();
      sql.run(build.deleteFrom('commands').where('timeMs', '<', timeMs - this.#memoryMs));
      sql.run(build.insertInto('commands').values({ account, command, answer: JSON.stringify(answer), timeMs }));
      return answer;
    });
  }
}
