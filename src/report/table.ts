/** A column of a text table. */
export interface TableColumn {
  readonly title: string;
  readonly align: "left" | "right";
}

/** A column of words. */
export function left(title: string): TableColumn {
  return { title, align: "left" };
}

/** A column of numbers. */
export function right(title: string): TableColumn {
  return { title, align: "right" };
}

/** Lays rows out under their titles; numbers to the right, two blanks between columns. */
export function textTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? "";
        const width = widths[index] ?? 0;
        return align === "right" ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)].join("\n");
}

const NUMBER = new Intl.NumberFormat("en-US");

/** A count with separators: 12,607. */
export function figure(count: number): string {
  return NUMBER.format(count);
}

/** A count with its noun: `1 request`, `2 requests`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${figure(count)} ${count === 1 ? noun : plural}`;
}
