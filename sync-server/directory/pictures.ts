/** Pictures of people, by the hash of what is served. One that several have is kept once, and goes with the last. */
import { createHash } from 'node:crypto';
import type { Account } from '../../crdt/model/log/writer.ts';
import type { CompanyId } from '../../crdt/model/protocol/document-name.ts';
import type { Directory } from './directory.ts';
import { build } from './statements.ts';

export class Pictures {
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Gives a person a picture, as it is to be served; returns its name. The same one again changes nothing. */
  set(account: Account, bytes: Uint8Array): string {
    const picture = createHash('sha256').update(bytes).digest('base64url');
    this.#directory.change(() => {
      const { sql } = this.#directory;
      sql.run(
        build
          .insertInto('pictures')
          .values({ picture, bytes })
          .onConflict((row) => row.doNothing()),
      );
      this.#replace(account, picture);
    });
    return picture;
  }

  remove(account: Account): void {
    this.#directory.change(() => this.#replace(account, undefined));
  }

  /** A picture that somebody in the company has. */
  find(company: CompanyId, picture: string): Uint8Array | undefined {
    const query = build
      .selectFrom('pictures')
      .innerJoin('people', 'people.picture', 'pictures.picture')
      .select('pictures.bytes')
      .where('people.company', '=', company)
      .where('pictures.picture', '=', picture)
      .limit(1);
    return this.#directory.sql.first(query)?.bytes;
  }

  #replace(account: Account, picture: string | undefined): void {
    const { sql } = this.#directory;
    const before = this.#directory.person(account)?.picture;
    if (before === picture) return;
    this.#directory.setPicture(account, picture);
    if (before === undefined) return;
    const stillHad = build.selectFrom('people').select('account').where('picture', '=', before).limit(1);
    if (sql.first(stillHad) === undefined) sql.run(build.deleteFrom('pictures').where('picture', '=', before));
  }
}
