/** Reads who is to be erased: a file with a column for each type of identifier. */
import type { StateDeclaration } from "../../config/sync-file.js";
import type { Diagnostic, Place } from "../../core/diagnostic.js";
import type { DecodedRecord } from "../../core/record.js";
import { fail, ok, type Result } from "../../core/result.js";
import type { CheckedMapping } from "../../mapping/form.js";
import { declaredRows } from "../../sources/declared-rows.js";
import { openSource } from "../../sources/open-source.js";
import { SourceFailure } from "../../sources/source-failure.js";
import type { OpenSource, SourceColumn } from "../../sources/source.js";
import {
  erasedPeople,
  removalOf,
  unreadTypes,
  type ErasedPeople,
  type Erasing,
} from "./erased-people.js";

/** Where people are named, and by what their identifiers become cells. */
export interface PeopleFile extends Erasing {
  /** Absolute. */
  readonly file: string;
  /** Where messages about the file point. */
  readonly place: Place;
}

/** Reads a file to its end; nothing is known of it when it breaks off. */
export async function readPeople(
  given: PeopleFile,
): Promise<Result<ErasedPeople, readonly Diagnostic[]>> {
  const { file, place, mapping } = given;
  const opened = await openSource({ kind: "file", pattern: file, place });
  if (!opened.ok) return fail(opened.error.map(aboutPeople));
  try {
    const types = opened.value.columns.map(({ name }) => name);
    const unread = unreadColumns(types, mapping, place);
    if (unread.length > 0) return fail(unread);
    const records = await readRecords(opened.value, types, place);
    return records.ok ? ok(erasedPeople(records.value, given)) : records;
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return fail([aboutPeople(error.diagnostic)]);
  } finally {
    opened.value.close();
  }
}

/** What is wrong with a source tells what to do about that of a sync. */
function aboutPeople(diagnostic: Diagnostic): Diagnostic {
  const remedy = REMEDIES.get(diagnostic.code);
  return remedy === undefined ? diagnostic : { ...diagnostic, remedy };
}

const REMEDIES: ReadonlyMap<string, string> = new Map([
  ["source.missing_file", "Check the path; a relative one starts at the folder that you are in."],
  ["source.failed", "Mend the file and run `forget` again; nothing was done yet."],
]);

/** Somebody whose identifier stands in a column that is not read would not be found by it. */
function unreadColumns(
  types: readonly string[],
  mapping: CheckedMapping,
  place: Place,
): readonly Diagnostic[] {
  return unreadTypes(types, mapping).map(({ type, remedy }) => ({
    code: "forget.unread_column",
    severity: "error",
    message: `the mapping reads no identifiers of type \`${type}\`, as a column of the file is called`,
    remedy,
    place,
  }));
}

/** Rows are read as those of a sync: an array is several identifiers. */
async function readRecords(
  source: OpenSource,
  types: readonly string[],
  place: Place,
): Promise<Result<readonly DecodedRecord[], readonly Diagnostic[]>> {
  const declared = declaredRows(declarationOf(source.columns, place), source.columns);
  if (!declared.ok) return declared;
  const { rows, wanted } = declared.value;
  const records: DecodedRecord[] = [];
  for await (const batch of source.batches(wanted))
    for (let row = 0; row < batch.rows; row += 1) {
      const identity = `#${String(batch.firstRow + row)}`;
      const fault = batch.faults?.get(row);
      const identifiers = types.flatMap((type) =>
        (rows.shape.identifiers(type)?.(batch, row) ?? []).map((value) => ({ type, value })),
      );
      records.push(
        fault === undefined
          ? ok(removalOf(identity, identifiers))
          : fail({ identity, code: "invalid_record", field: "", message: `The row ${fault}.` }),
      );
    }
  return ok(records);
}

function declarationOf(columns: readonly SourceColumn[], place: Place): StateDeclaration {
  return {
    kind: "state",
    key: new Map(),
    identifiers: new Map(
      columns.map(({ name }) => [name, { kind: "all", columns: [{ name, place }] }]),
    ),
    identifierPlaces: new Map(),
    payload: new Map(),
    target: { kind: "constant", value: "" },
    operations: {
      kind: "mirrored",
      mode: "add",
      guardPercent: undefined,
      refreshAfterSeconds: undefined,
    },
  };
}
