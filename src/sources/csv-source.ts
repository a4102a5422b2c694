/** CSV files: every cell is text, and nothing about them is guessed but the delimiter. */
import type { Diagnostic, Place } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import { csvHeader, type CsvHeader } from "./csv-header.js";
import { sqlFiles, sqlName, sqlText, startEngine } from "./engine.js";
import { fileStart } from "./file-bytes.js";
import type { SourceFile } from "./find-files.js";
import { querySource } from "./query-source.js";
import type { OpenSource } from "./source.js";
import { sourceProblem } from "./source-failure.js";

/** Files in a row with the same header, read by one call. */
interface CsvGroup extends CsvHeader {
  readonly gzip: boolean;
  readonly paths: string[];
}

const HEADER_BYTES = 256 * 1024;

/** Lines may be this long; the engine holds a few of these buffers. */
const BUFFER_BYTES = 4 * 1024 * 1024;

/** Opens CSV files; columns are matched by name, and a file without one has no values in it. */
export async function openCsv(
  files: readonly SourceFile[],
  place: Place,
): Promise<Result<OpenSource, readonly Diagnostic[]>> {
  const groups: CsvGroup[] = [];
  for (const file of files) {
    const header = await readHeader(file, place);
    if (!header.ok) return header;
    addFile(groups, file, header.value);
  }
  const engine = await startEngine();
  const names = allNames(groups);
  return ok(
    querySource({
      engine,
      place,
      columns: names.map((name) => ({ name, type: "VARCHAR" })),
      run: async (wanted) => ({
        result: await engine.connection.stream(
          groups.map((group) => selectGroup(group, wanted)).join(" UNION ALL "),
        ),
        positions: wanted.map((_, index) => index),
      }),
    }),
  );
}

async function readHeader(
  file: SourceFile,
  place: Place,
): Promise<Result<CsvHeader, readonly Diagnostic[]>> {
  const start = await fileStart(file, HEADER_BYTES);
  if (!start.ok) return fail([unreadable(file.path, start.error, place)]);
  const header = start.value.includes("\0") ? undefined : csvHeader(start.value);
  return header === undefined ? fail([noHeader(file.path, place)]) : ok(header);
}

function addFile(groups: CsvGroup[], { path, gzip }: SourceFile, header: CsvHeader): void {
  const last = groups.at(-1);
  const same =
    last?.gzip === gzip &&
    last.delimiter === header.delimiter &&
    JSON.stringify(last.names) === JSON.stringify(header.names);
  if (last !== undefined && same) last.paths.push(path);
  else groups.push({ ...header, gzip, paths: [path] });
}

/** In the order of the first file; a name that one file has twice stays twice. */
function allNames(groups: readonly CsvGroup[]): readonly string[] {
  const names: string[] = [];
  for (const group of groups) {
    const known = new Set(names);
    names.push(...group.names.filter((name) => !known.has(name)));
  }
  return names;
}

function selectGroup(group: CsvGroup, wanted: readonly string[]): string {
  const cells = wanted.map((name) => {
    const index = group.names.indexOf(name);
    return index < 0 ? "NULL::VARCHAR" : cellName(index);
  });
  return `SELECT ${cells.length === 0 ? "NULL" : cells.join(", ")} FROM ${readCsv(group)}`;
}

/** Names in files may be equal but for their case, which the engine takes for one name. */
function cellName(index: number): string {
  return sqlName(`c${index}`);
}

function readCsv({ names, delimiter, gzip, paths }: CsvGroup): string {
  const columns = names.map((_, index) => `${cellName(index)}: 'VARCHAR'`);
  const options = [
    "auto_detect = false",
    "header = true",
    `delim = ${sqlText(delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    "comment = ''",
    "strict_mode = true",
    "null_padding = false",
    "ignore_errors = false",
    `compression = '${gzip ? "gzip" : "none"}'`,
    `buffer_size = ${BUFFER_BYTES}`,
    `columns = {${columns.join(", ")}}`,
  ];
  return `read_csv(${sqlFiles(paths)}, ${options.join(", ")})`;
}

function noHeader(path: string, place: Place): Diagnostic {
  return sourceProblem(
    "source.header",
    place,
    `the first line of \`${path}\` holds no column names`,
    "Write the file as UTF-8 text with a header line.",
  );
}

function unreadable(path: string, reason: string, place: Place): Diagnostic {
  return sourceProblem(
    "source.unreadable",
    place,
    `\`${path}\` cannot be read: ${reason}`,
    "Check its permissions, and that it is what its ending says.",
  );
}
