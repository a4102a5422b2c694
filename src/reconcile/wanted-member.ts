/** From what rendering made of a record to what a store compares. */
import { memberOf } from "../core/identity.js";
import type { Json } from "../core/json.js";
import type { ColumnRole } from "../generated/fields.js";
import type { WantedMember, WantedRow } from "../store/members.js";
import type { AudienceEntry } from "../surfaces/entry.js";
import { cellsText, roleOf, type Cell } from "./cells.js";

/** 32 hex digits of some parts, made with the store's salt. */
export type Digest = (parts: Json) => string;

/** How rows become what a store compares. */
export interface RowForms {
  /** The columns of an entry's rows, by position. */
  readonly columns: readonly string[];
  readonly digest: Digest;
}

/** The record of an entry, with its rows; equal ones collapse. */
export function wantedMember(entry: AudienceEntry, { columns, digest }: RowForms): WantedMember {
  const { target, identity } = entry;
  // Without it all people of an audience were one.
  if (entry.member === undefined) throw new TypeError("nobody is told who a compared row is");
  const member = digest(["member", memberOf(entry.member)]);
  const rows = new Map<string, WantedRow>();
  for (const cells of entry.rows) {
    const row = wantedRow(cellsByRole(cells, columns), { target, member, digest });
    rows.set(row.rowId, row);
  }
  return { target, member, identity, rows: [...rows.values()] };
}

type CellsByRole = Readonly<Record<ColumnRole, readonly Cell[]>>;

/** By name within a role, so that a mapping may change the order of its columns. */
function cellsByRole(row: AudienceEntry["rows"][number], columns: readonly string[]): CellsByRole {
  const cells = columns
    .flatMap((column, position): readonly Cell[] => {
      const value = row[position];
      return value === undefined ? [] : [[column, value]];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const of = (role: ColumnRole) => cells.filter(([column]) => roleOf(column) === role);
  return { key: of("key"), context: of("context"), attribute: of("attribute") };
}

interface RowContext {
  readonly target: string;
  readonly member: string;
  readonly digest: Digest;
}

function wantedRow(
  { key, context, attribute }: CellsByRole,
  { target, member, digest }: RowContext,
): WantedRow {
  const cells = cellsText([...key, ...context]);
  const attributes = cellsText(attribute);
  const rowId = digest(["row", member, cells]);
  return {
    rowId,
    itemId: digest(["item", target, rowId]),
    contentDigest: digest(["content", cells, attributes]),
    keys: key.map((cell) => keyDigest(cell, digest)),
    cells,
    attributes,
    attributesDigest: digest(["attributes", attributes]),
  };
}

/** By which the same cell is found in every row. */
export function keyDigest(cell: Cell, digest: Digest): string {
  return digest(["key", cell]);
}
