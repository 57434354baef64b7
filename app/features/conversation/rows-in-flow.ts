/** Where the drawn rows of a list lie, read from the page; coordinates of the window. */
export interface RowsInFlow {
  /** Indexes of the first and the last row that take up room; `last < first` when there are none. */
  readonly first: number;
  readonly last: number;
  at(index: number): Element | undefined;
  /** The first row that reaches below an edge; `last + 1` when none does. */
  below(edge: number): number;
}

/** A row that is kept only for the focus takes up no room; it stands first or last. */
export function rowsInFlow(list: Element): RowsInFlow {
  const rows = list.children;
  const kept = (index: number): boolean => rows[index]?.hasAttribute('data-kept') === true;
  let first = 0;
  let last = rows.length - 1;
  while (first <= last && kept(first)) first += 1;
  while (last >= first && kept(last)) last -= 1;
  return {
    first,
    last,
    at: (index) => rows[index],
    below(edge) {
      let [low, high] = [first, last + 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const row = rows[middle];
        if (row !== undefined && row.getBoundingClientRect().bottom <= edge) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
