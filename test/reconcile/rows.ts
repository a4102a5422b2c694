/** Rows of audiences and their forms, for tests of reconciliation. */
import { Items } from "../../src/delivery/items.js";
import type { RowForms } from "../../src/reconcile/wanted-member.js";
import type { Change, WantedRow } from "../../src/store/members.js";
import type { AudienceEntry } from "../../src/surfaces/entry.js";

export const COLUMNS = ["EMAIL", "FN", "PHONE", "LOOKALIKE_VALUE"] as const;

/** A row by its cells, in the order of {@link COLUMNS}. */
export type Row = AudienceEntry["rows"][number];

export function forms(columns: readonly string[] = COLUMNS, salt = "salt"): RowForms {
  const items = new Items(salt, undefined);
  return { columns, digest: (parts) => items.digest(parts) };
}

/** The entry of a record, keyed by its name. */
export function entry(rows: readonly Row[], member = "ann", target = "VIP"): AudienceEntry {
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const identity = `${member} in ${target}`;
  const parts = { identity, operation: "upsert", target, member, columns, rows } as const;
  return { surface: "custom_audiences", ...parts, items: rows.length };
}

/** The change that a row comes to. */
export function changeOf(row: WantedRow, differs: Partial<Change> = {}): Change {
  const { rowId, itemId, contentDigest, cells, attributes, keys } = row;
  return {
    place: 0,
    operation: "upsert",
    member: "m",
    rowId,
    itemId,
    contentDigest,
    identity: "ann in VIP",
    cells,
    attributes,
    keys,
    ...differs,
  };
}
