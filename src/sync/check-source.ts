import type { SyncFile } from "../config/sync-file.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { CheckedMapping } from "../mapping/form.js";
import { declaredColumns, declaredRows } from "../sources/declared-rows.js";
import { openSource } from "../sources/open-source.js";
import { SourceFailure } from "../sources/source-failure.js";
import { zoneProblems } from "../sources/zone-problems.js";
import { columnTypeProblems } from "./column-types.js";
import { unusedIdentifiers } from "./sync-input.js";

/**
 * Holds the declaration of a sync against the columns of its source, their types against the fields
 * that they fill, and its times against zones.
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
    return [...unused, ...types, ...(await zoneProblems(declaration, opened.value))];
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return [...unused, error.diagnostic];
  } finally {
    opened.value.close();
  }
}
