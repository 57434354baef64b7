/** Drafts that two devices have written without knowing of each other become one draft that holds what either has (see DraftConflicts). */
import { DraftConflicts } from '../model/me/draft-conflicts.ts';
import type { Account } from '../model/log/writer.ts';
import type { LocalDocument } from './documents/local-document.ts';

export class Drafts {
  readonly #account: Account;
  readonly #write: (key: string, text: string) => Promise<void>;
  #elected = false;

  /** `write` sets a draft, unless it is that already. */
  constructor(account: Account, write: (key: string, text: string) => Promise<void>) {
    this.#account = account;
    this.#write = write;
  }

  /** This tab writes for the device from now on; all tabs see the same. */
  elected(): void {
    this.#elected = true;
  }

  /** The person's `me` document has been opened, and nothing has come from the network yet. */
  follow(document: LocalDocument): void {
    let conflicts = new DraftConflicts(document.doc, this.#account);
    document.subscribe((event) => {
      if (event === 'replaced') conflicts = new DraftConflicts(document.doc, this.#account);
      else for (const [key, text] of conflicts.read()) if (this.#elected) void this.#write(key, text);
    });
  }
}
