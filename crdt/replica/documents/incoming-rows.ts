/**
 * What comes from elsewhere, on its way to the disk in order. When a write of it fails nothing of it is kept by and by: the document
 * is behind, and its whole state is written when there is room again.
 */

/** `left`: the document has gone over to another database, and what was not kept comes again from the server. */
export type IncomingOutcome = 'stored' | 'failed' | 'left';

export class IncomingRows {
  readonly #write: (updates: readonly Uint8Array[]) => Promise<IncomingOutcome>;
  #unstored: Uint8Array[] = [];
  #behind = false;
  #storing: Promise<void> | undefined;

  /** `write` makes the updates durable, together with the whole state while this is behind. */
  constructor(write: (updates: readonly Uint8Array[]) => Promise<IncomingOutcome>) {
    this.#write = write;
  }

  /** The local copy lacks something that the document has. */
  get behind(): boolean {
    return this.#behind;
  }

  add(update: Uint8Array): void {
    this.#unstored.push(update);
    this.store();
  }

  fallBehind(): void {
    this.#behind = true;
    this.#unstored = [];
  }

  /** The whole state has been written. */
  caughtUp(): void {
    this.#behind = false;
  }

  /** Tries to write what is not stored. */
  store(): void {
    if (this.#storing !== undefined || (this.#unstored.length === 0 && !this.#behind)) return;
    this.#storing = this.#storeAll().finally(() => {
      this.#storing = undefined;
    });
  }

  /** Resolves when all that has come so far is stored: true, or false when the disk didn't take it. */
  async settled(): Promise<boolean> {
    while (this.#storing !== undefined) await this.#storing;
    return !this.#behind && this.#unstored.length === 0;
  }

  /** The document is another one; what came for the former is void. */
  forget(): void {
    this.#unstored = [];
    this.#behind = false;
  }

  async #storeAll(): Promise<void> {
    // What arrives in the same turn shares the transaction.
    await Promise.resolve();
    do {
      const fresh = this.#unstored;
      this.#unstored = [];
      const outcome = await this.#write(this.#behind ? [] : fresh);
      if (outcome === 'failed') this.fallBehind();
      if (outcome !== 'stored') return;
    } while (this.#unstored.length > 0);
  }
}
