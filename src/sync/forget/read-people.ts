/** Reads who is to be erased: a file with a column for each type of identifier. */
import type { Binding } from "../../config/binding.js";
import type { StateDeclaration } from "../../config/sync-file.js";
import type { Diagnostic, Place } from "../../core/diagnostic.js";
import { nearName } from "../../core/near-name.js";
import type { DecodedRecord, Rejection, StateOperation } from "../../core/record.js";
import { fail, ok, type Result } from "../../core/result.js";
import { compile } from "../../mapping/compile.js";
import type { CheckedMapping } from "../../mapping/form.js";
import { RECORD_SHAPE } from "../../mapping/record-shape.js";
import { emptyTally, type Tally } from "../../mapping/scope.js";
import type { Cell } from "../../reconcile/cells.js";
import { keyCells } from "../../reconcile/record-keys.js";
import { declaredRows } from "../../sources/declared-rows.js";
import { openSource } from "../../sources/open-source.js";
import { SourceFailure } from "../../sources/source-failure.js";
import type { OpenSource, SourceColumn } from "../../sources/source.js";
import type { Rendering } from "../../surfaces/entry.js";
import { recordRows } from "../../surfaces/record-rows.js";
import { reject } from "../../surfaces/rejecting.js";
import { columnsOf, preparePlanning } from "../planning.js";

/** Whom a file names. */
export interface ErasedPeople {
  /** Of each one a removal, as yet from no audience. */
  readonly records: readonly StateOperation[];
  /** What finds them, as it is sent; each cell once. */
  readonly cells: readonly Cell[];
  /** Rows of which nobody can be found. */
  readonly rejections: readonly Rejection[];
  /** Values that could not be used, by column and by reason: people are not found by these. */
  readonly dropped: Tally["dropped"];
}

/** Where people are named, and by what their identifiers become cells. */
export interface PeopleFile {
  /** Absolute. */
  readonly file: string;
  /** Where messages about the file point. */
  readonly place: Place;
  readonly mapping: CheckedMapping;
  readonly binding: Binding;
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
    return records.ok ? ok(rendered(records.value, given)) : records;
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
  const known = compile(mapping, RECORD_SHAPE, new Map()).identifierTypes;
  const list = [...known].map((one) => `\`${one}\``).join(", ");
  return types
    .filter((type) => !known.has(type))
    .map((type) => {
      const near = nearName(type, known);
      const reads = `The mapping \`${mapping.file}\` reads ${list}.`;
      return {
        code: "forget.unread_column",
        severity: "error",
        message: `the mapping reads no identifiers of type \`${type}\`, as a column of the file is called`,
        remedy: near === undefined ? reads : `Did you mean \`${near}\`? ${reads}`,
        place,
      };
    });
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
          ? ok({ ...REMOVAL, identity, givenIdentity: identity, identifiers })
          : fail({ identity, code: "invalid_record", field: "", message: `The row ${fault}.` }),
      );
    }
  return ok(records);
}

const REMOVAL = { kind: "state", operation: "remove", target: "", key: {}, payload: {} } as const;

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

function rendered(records: readonly DecodedRecord[], given: PeopleFile): ErasedPeople {
  const { mapping, binding } = given;
  const tally = emptyTally();
  const { render } = preparePlanning({
    mapping,
    binding,
    tally,
    rows: recordRows,
    shape: RECORD_SHAPE,
    now: undefined,
    maxAgeSeconds: undefined,
    wholeSource: false,
    past: undefined,
  });
  const usable: StateOperation[] = [];
  const cells = new Map<string, Cell>();
  const rejections: Rejection[] = [];
  for (const [index, record] of records.entries()) {
    const found = cellsOf(render(records, index), columnsOf(mapping));
    if (!found.ok) rejections.push(found.error);
    else if (record.ok && record.value.kind === "state") usable.push(record.value);
    if (found.ok) for (const cell of found.value) cells.set(JSON.stringify(cell), cell);
  }
  return { records: usable, cells: [...cells.values()], rejections, dropped: tally.dropped };
}

/** The key cells of a row; names and places alone find nobody. */
function cellsOf(
  rendering: Rendering,
  columns: readonly string[],
): Result<readonly Cell[], Rejection> {
  if (rendering.kind === "rejection") return fail(rendering.rejection);
  if (rendering.kind !== "entry" || rendering.entry.surface !== "custom_audiences")
    throw new TypeError("a removal is an entry of an audience, or rejected");
  const cells = keyCells(rendering.entry, columns);
  const { identity } = rendering.entry;
  return cells.length > 0
    ? ok(cells)
    : fail(reject(identity, "missing", "identifiers", NO_KEY).rejection);
}

const NO_KEY = "The row has nothing that finds a person alone.";
