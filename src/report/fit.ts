/** Texts as wide as a terminal: a sentence in a table's last column goes on below itself, and a wider table row by row. */
import { NARROW, narrowTables } from "./narrow-table.js";

/** Breaks lines that are longer, and tables into their rows; what has no blank to break at stays whole. */
export function fitted(text: string, columns: number | undefined): string {
  if (columns === undefined) return text;
  return narrowTables(text.split("\n"), columns)
    .map((line) => (line.length <= columns ? line : broken(line, columns)))
    .join("\n");
}

/** One line that is written over has to be one line. */
export function cut(line: string, columns: number | undefined): string {
  // The last place of a line stays free: a terminal may go on to the next one behind it.
  return columns === undefined || line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
}

function broken(line: string, columns: number): string {
  const indent = " ".repeat(indentOf(line, columns));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const at = breakOf(rest, indent.length, columns);
    if (at === undefined) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...lines, rest].join("\n");
}

/** Below the last column, which begins behind two blanks; else a little further in than the line. */
function indentOf(line: string, columns: number): number {
  const text = line.search(/\S/);
  const gap = line.lastIndexOf("  ", columns);
  const isColumn = gap >= text && gap + 2 <= columns - NARROW;
  return isColumn ? gap + 2 : text + 2;
}

/** The last blank that fits, behind what the line is indented by. */
function breakOf(line: string, indent: number, columns: number): number | undefined {
  const at = line.lastIndexOf(" ", columns);
  return at > indent ? at : undefined;
}
