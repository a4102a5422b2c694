import type { SyncFile } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { CheckedMapping } from "../mapping/form.js";
import { declaredColumns, declaredRows } from "../sources/declared-rows.js";
import { openSource } from "../sources/open-source.js";
import type { OpenSource } from "../sources/source.js";
import { SourceFailure } from "../sources/source-failure.js";
import { zoneProblems } from "../sources/zone-problems.js";
import { columnTypeProblems } from "./column-types.js";
import { unusedIdentifiers } from "./sync-input.js";

/**
 * Holds the declaration of a sync against the columns of its source, their types against the fields
 * that they fill, and its times against zones; of files the first rows are read.
 */
export async function checkSyncSource(
  { source, declaration }: SyncFile,
  mapping: CheckedMapping,
): Promise<readonly Diagnostic[]> {
  const unused = unusedIdentifiers(declaration, mapping);
  const opened = await openSource(source, declaredColumns(declaration));
  if (!opened.ok) return [...unused, ...opened.error];
  try {
    const declared = declaredRows(declaration, opened.value.columns);
    if (!declared.ok) return [...unused, ...declared.error];
    const types = columnTypeProblems(declaration, mapping, opened.value.columns);
    const zones = await zoneProblems(declaration, opened.value);
    if (source.kind === "file") await readFirstRows(opened.value);
    return [...unused, ...types, ...zones];
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return [...unused, error.diagnostic];
  } finally {
    opened.value.close();
  }
}

/** So many rows tell how a file is made, and are read in a blink. */
const FIRST_ROWS = 10_000;

/** Throws a `SourceFailure` where the first rows of a file are broken, as by cells that are missing. */
async function readFirstRows(source: OpenSource): Promise<void> {
  let rows = 0;
  for await (const batch of source.batches(source.columns.map(({ name }) => name))) {
    rows += batch.rows;
    if (rows >= FIRST_ROWS) return;
  }
}
