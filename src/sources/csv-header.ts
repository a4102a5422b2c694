/** Reads the first line of a CSV file, which decides its columns and its delimiter. */

/** What the header of a file says. */
export interface CsvHeader {
  /** Outer blanks are cut off. */
  readonly names: readonly string[];
  readonly delimiter: string;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * Reads a header. A file whose first line has no comma but a semicolon, a tab or a bar is split at
 * those: that is how spreadsheets write CSV in many countries.
 *
 * @param text the start of the file, longer than its first line
 * @returns `undefined` when there is no header: the first line is blank or does not end in the text
 */
export function csvHeader(text: string): CsvHeader | undefined {
  const start = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const headers = DELIMITERS.map((delimiter) => ({
    delimiter,
    names: firstRecord(start, delimiter),
  }));
  const header = headers.find(({ names }) => (names?.length ?? 0) > 1) ?? headers[0];
  if (header?.names === undefined) return undefined;
  const names = header.names.map((name) => name.trim());
  return names.every((name) => name === "") ? undefined : { names, delimiter: header.delimiter };
}

/** The cells of the first record; `undefined` when a quote is left open, or closed too early. */
function firstRecord(text: string, delimiter: string): readonly string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell =
      text[at] === '"' ? quotedCell(text, at, delimiter) : plainCell(text, at, delimiter);
    if (cell === undefined) return undefined;
    cells.push(cell.text);
    if (text[cell.end] !== delimiter) return cells;
    at = cell.end + 1;
  }
}

interface Cell {
  readonly text: string;
  readonly end: number;
}

function plainCell(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r")
    end += 1;
  return { text: text.slice(start, end), end };
}

function quotedCell(text: string, start: number, delimiter: string): Cell | undefined {
  if (text[start] !== '"') return undefined;
  let quote = text.indexOf('"', start + 1);
  while (quote >= 0 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if (quote < 0) return undefined;
  const end = quote + 1;
  const closed = end === text.length || [delimiter, "\n", "\r"].includes(text.charAt(end));
  return closed ? { text: text.slice(start + 1, quote).replaceAll('""', '"'), end } : undefined;
}
