import type { SourceDeclaration } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Result } from "../core/result.js";
import { findFiles } from "./find-files.js";
import { openNdjson } from "./ndjson-source.js";
import type { OpenSource } from "./source.js";

/**
 * Opens a source: finds its files, or checks its SQL, and learns its columns. The database engine
 * or driver is loaded here and not before, so that importing the library loads none.
 *
 * @param expected the columns that will be asked for: the search for the columns of an NDJSON file,
 * whose lines may all differ, ends when they are found. Without it every line is looked at.
 */
export async function openSource(
  source: SourceDeclaration,
  expected?: readonly string[],
): Promise<Result<OpenSource, readonly Diagnostic[]>> {
  if (source.kind === "duckdb") {
    const { openDuckdbQuery } = await import("./duckdb-query.js");
    return openDuckdbQuery(source);
  }
  if (source.kind === "postgres") {
    const { openPostgresQuery } = await import("./postgres/open-query.js");
    return openPostgresQuery(source);
  }
  const { place } = source;
  const found = await findFiles(source.pattern, place);
  if (!found.ok) return found;
  const { kind, files } = found.value;
  if (kind === "ndjson") return openNdjson(files, place, expected);
  if (kind === "csv") {
    const { openCsv } = await import("./csv-source.js");
    return openCsv(files, place);
  }
  const { openParquet } = await import("./parquet-source.js");
  return openParquet(files, place);
}
