/** The writer of one document in this running context: drawn when first needed, never resumed, and left when somebody else uses it. */
import type * as Y from 'yjs';
import { nextClock } from '../../model/log/read-log.ts';
import { makeWriter, type Account, type Writer } from '../../model/log/writer.ts';

export class OwnWriter {
  readonly #account: Account;
  readonly #random32: () => number;
  #writer: Writer | undefined;
  #next = 0;

  constructor(account: Account, random32: () => number) {
    this.#account = account;
    this.#random32 = random32;
  }

  /** Where the next entry goes. A writer that the document knows other than by `advance` is somebody else's: another is drawn. */
  place(doc: Y.Doc): { readonly writer: Writer; readonly clock: number } {
    while (this.#writer === undefined || nextClock(doc, this.#writer) !== this.#next) {
      this.#writer = makeWriter(this.#account, this.#random32());
      this.#next = 0;
    }
    return { writer: this.#writer, clock: this.#next };
  }

  /** So many entries of this writer are durable. */
  advance(entries: number): void {
    this.#next += entries;
  }

  /** The present writer is not used any more. */
  leave(): void {
    this.#writer = undefined;
    this.#next = 0;
  }
}
