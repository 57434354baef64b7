/** Arithmetic and print of what proofs and benches measure. */
type Cell = number | string | boolean;

/** The middle value; of an even count, the lower middle one. Throws for none. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('a median needs a value');
  return middle;
}

/** Rounded for people: three significant digits below 100, whole numbers above. */
export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));

/** Prints rows of equal shape as an aligned table; the first row is the heading. */
export function printTable(title: string, rows: readonly (readonly Cell[])[]): void {
  const cells = rows.map((row) => row.map((cell) => String(typeof cell === 'number' ? rounded(cell) : cell)));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
  );
  console.log(`\n${title}\n${lines.join('\n')}`);
}
