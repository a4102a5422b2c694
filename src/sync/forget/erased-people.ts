/** People who are to be erased: what they are found by, as the mapping renders it. */
import { RECORD_SHAPE } from "../../mapping/record-shape.js";
import { RECORD_COMPILATIONS } from "../compilations.js";
import type { Binding } from "../../config/binding.js";
import { nearName } from "../../core/near-name.js";
import type { DecodedRecord, Identifier, Rejection, StateOperation } from "../../core/record.js";
import { fail, ok, type Result } from "../../core/result.js";
import { compile } from "../../mapping/compile.js";
import type { CheckedMapping } from "../../mapping/form.js";
import { emptyTally, type Tally } from "../../mapping/scope.js";
import type { Cell } from "../../reconcile/cells.js";
import { keyCells } from "../../reconcile/record-keys.js";
import type { Rendering } from "../../surfaces/entry.js";
import { recordRows } from "../../surfaces/record-rows.js";
import { reject } from "../../surfaces/rejecting.js";
import { columnsOf, preparePlanning } from "../planning.js";

/** Whom somebody named. */
export interface ErasedPeople {
  /** Of each one a removal, as yet from no audience. */
  readonly records: readonly StateOperation[];
  /** What finds them, as it is sent; each cell once. */
  readonly cells: readonly Cell[];
  /** Those of whom nobody can be found. */
  readonly rejections: readonly Rejection[];
  /** Values that could not be used, by field and by reason: people are not found by these. */
  readonly dropped: Tally["dropped"];
}

/** By what identifiers become cells. */
export interface Erasing {
  readonly mapping: CheckedMapping;
  readonly binding: Binding;
}

/** The removal of somebody, as yet from no audience. */
export function removalOf(identity: string, identifiers: readonly Identifier[]): StateOperation {
  return { ...REMOVAL, identity, givenIdentity: identity, identifiers };
}

const REMOVAL = { kind: "state", operation: "remove", target: "", key: {}, payload: {} } as const;

/** Types of identifiers that a mapping does not read, each with what to do about it. */
export function unreadTypes(
  types: readonly string[],
  mapping: CheckedMapping,
): readonly { readonly type: string; readonly remedy: string }[] {
  const known = compile(mapping, RECORD_SHAPE, new Map()).identifierTypes;
  const list = [...known].map((one) => `\`${one}\``).join(", ");
  const reads = `The mapping \`${mapping.file}\` reads ${list}.`;
  return types
    .filter((type) => !known.has(type))
    .map((type) => {
      const near = nearName(type, known);
      return { type, remedy: near === undefined ? reads : `Did you mean \`${near}\`? ${reads}` };
    });
}

/**
 * Whom records name, and what they are found by.
 *
 * @param records removals as {@link removalOf} makes them, or why there is none
 */
export function erasedPeople(records: readonly DecodedRecord[], given: Erasing): ErasedPeople {
  const { mapping, binding } = given;
  const tally = emptyTally();
  const { render } = preparePlanning({
    mapping,
    binding,
    tally,
    rows: recordRows,
    compilations: RECORD_COMPILATIONS,
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
