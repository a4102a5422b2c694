/** Tables that are wider than a terminal: each row becomes a block of lines, `title: value`. */

/** What is less wide than this is no column to write a sentence in. */
export const NARROW = 24;

/** A place of a line, from the first character to the one behind the last. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The lines of a text in which every table stands as it can be read at this width: as it is, where its last
 * column has room for what goes on below itself, else row by row. A table begins with its titles, which
 * alone have no small letter, and ends with the paragraph.
 */
export function narrowTables(lines: readonly string[], columns: number): readonly string[] {
  const shown: string[] = [];
  for (let at = 0; at < lines.length;) {
    const end = tableEnd(lines, at);
    const table = lines.slice(at, end);
    shown.push(...(table.length > 1 && !hasRoom(table, columns) ? blocks(table) : table));
    at = end;
  }
  return shown;
}

const TITLES = /^ *[A-Z][^a-z ]*(?: [^a-z ]+)*(?: {2,}[A-Z][^a-z ]*(?: [^a-z ]+)*)+$/;

/** Behind the table that begins there; behind the line where none does. */
function tableEnd(lines: readonly string[], at: number): number {
  if (!TITLES.test(lines[at] ?? "")) return at + 1;
  const blank = lines.indexOf("", at);
  return blank < 0 ? lines.length : blank;
}

function hasRoom(table: readonly string[], columns: number): boolean {
  const last = columnsOf(table).at(-1)?.from ?? 0;
  return last <= columns - NARROW || table.every((line) => line.length <= columns);
}

function blocks([titles = "", ...rows]: readonly string[]): readonly string[] {
  const spans = columnsOf([titles, ...rows]);
  return rows.flatMap((row) =>
    spans.flatMap(({ from, to }, index) => {
      const cell = row.slice(from, to).trim();
      const title = titles.slice(from, to).trim().toLowerCase();
      return cell === "" ? [] : [`${index === 0 ? "" : "  "}${title}: ${cell}`];
    }),
  );
}

/** Between two titles a column ends where the next one begins: at the last two blanks that all lines have there. */
function columnsOf(table: readonly string[]): readonly Span[] {
  const [titles = ""] = table;
  const found = [...titles.matchAll(/\S+(?: \S+)*/g)].map(({ 0: title, index }) => ({
    from: index,
    to: index + title.length,
  }));
  const starts = found.slice(1).map(({ from }, index) => edge(table, found[index]?.to ?? 0, from));
  return [0, ...starts].map((from, index) => ({ from, to: starts[index] ?? Infinity }));
}

function edge(table: readonly string[], after: number, before: number): number {
  for (let at = before; at > after; at -= 1)
    if (table.every((line) => line.slice(at - 2, at).trim() === "")) return at;
  return before;
}
