/** The peer: SQLite's full-text index in memory, asked for the words in this order, the last may go on; then a look at the text. */
import { DatabaseSync } from 'node:sqlite';
import type { MatchKind, Phrase } from '../../../crdt/model/search/phrase.ts';
import { readInteger } from '../../../sync-server/storage/sqlite/row.ts';
import type { StoredPage } from './page-file.ts';
import { newestFirst, scan } from './plain-scan.ts';
import { inOrder, NO_TEXTS, type Way } from './way.ts';
import { wholeWordsOf, wholeWordsOfPhrase } from './whole-words.ts';

export class SqliteFts implements Way {
  readonly #sql = new DatabaseSync(':memory:');
  #all = NO_TEXTS;

  build(pages: Iterable<StoredPage>): void {
    this.#all = inOrder(pages);
    // Our words stand alone already; this tokenizer leaves everything beyond ASCII as it is.
    this.#sql.exec(
      `CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0, tokenize = 'ascii'); BEGIN`,
    );
    const insert = this.#sql.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
    for (const [number, text] of this.#all.texts.entries()) insert.run(number, wholeWordsOf(text).join(' '));
    this.#sql.exec(`COMMIT; INSERT INTO words (words) VALUES ('optimize')`);
  }

  search(phrase: Phrase, kind: MatchKind, limit: number): readonly number[] {
    const { words, isUnfinished } = wholeWordsOfPhrase(phrase);
    const asked = `"${words.join(' ')}"${isUnfinished ? ' *' : ''}`;
    const numbers = words.length === 0 ? newestFirst(this.#all.texts.length) : this.#numbers(asked);
    return scan(this.#all, numbers, phrase, kind, limit);
  }

  nativeBytes(): number {
    const pages = readInteger(this.#sql.prepare('PRAGMA page_count').get(), 'page_count');
    return pages * readInteger(this.#sql.prepare('PRAGMA page_size').get(), 'page_size');
  }

  *#numbers(asked: string): Generator<number, void> {
    const rows = this.#sql.prepare('SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC').iterate(asked);
    for (const row of rows) yield readInteger(row, 'rowid');
  }
}
