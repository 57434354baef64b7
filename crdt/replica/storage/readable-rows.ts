/** Reading stored updates that may be damaged: whatever Yjs can take is taken, whatever it can't is named. */
import * as Y from 'yjs';

export interface ReadableRows {
  /** What the readable rows give together; the caller destroys it. */
  readonly doc: Y.Doc;
  readonly updates: readonly Uint8Array[];
  /** Indexes of the rows that nobody can read. */
  readonly unreadable: readonly number[];
}

/** `gc: false` where the state of an earlier moment is wanted. */
export function readableRows(rows: readonly unknown[], options: { readonly gc: boolean } = { gc: true }): ReadableRows {
  const all = rows.flatMap((row, index) => (row instanceof Uint8Array && !isZeroed(row) ? [{ row, index }] : []));
  let sound = all;
  let doc = applied(
    sound.map(({ row }) => row),
    options,
  );
  if (doc === undefined) {
    sound = all.filter(({ row }) => isReadable(row));
    doc = applied(
      sound.map(({ row }) => row),
      options,
    );
  }
  // Each can be read, but not all together: those that contradict what came before them are left out.
  for (let count = 1; doc === undefined;) {
    const head = applied(
      sound.slice(0, count).map(({ row }) => row),
      options,
    );
    if (head === undefined) sound = sound.toSpliced(count - 1, 1);
    else if (count < sound.length) {
      head.destroy();
      count += 1;
    } else doc = head;
    if (sound.length === 0) doc ??= new Y.Doc(options);
  }
  const read = new Set(sound.map(({ index }) => index));
  return {
    doc,
    updates: sound.map(({ row }) => row),
    unreadable: [...rows.keys()].filter((index) => !read.has(index)),
  };
}

/** True when something in the document lies behind entries that it has not got: rows before it were lost. */
export const hasHoles = ({ store }: Y.Doc): boolean => store.pendingStructs !== null || store.pendingDs !== null;

/** Yjs takes a row of zeros for an update without content and something behind it; a real one has exactly two. */
const isZeroed = (row: Uint8Array): boolean => row.length > 2 && row[0] === 0 && row[1] === 0;

function isReadable(update: Uint8Array): boolean {
  const doc = applied([update], { gc: true });
  doc?.destroy();
  return doc !== undefined;
}

/** The document of these updates; undefined when Yjs can't take them: it says so by whatever exception its decoder meets. */
function applied(updates: readonly Uint8Array[], options: { readonly gc: boolean }): Y.Doc | undefined {
  const doc = new Y.Doc(options);
  try {
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update);
    });
    return doc;
  } catch {
    doc.destroy();
    return undefined;
  }
}
