/** The rows that the store holds, as every ledger state would be folded. */
import type { Json } from "../../../../src/core/json.js";
import { Items } from "../../../../src/delivery/items.js";
import { identifiersOf } from "../../../../src/emulator/world/identifiers.js";
import { readCells, roleOf } from "../../../../src/reconcile/cells.js";
import { keyDigest } from "../../../../src/reconcile/wanted-member.js";
import { membersToFind } from "../../../../src/store/memory/fold.js";
import type { Flaw } from "../../records/record.js";
import type { Flaws } from "../../records/source.js";
import type { HeldRow, MemoryTables } from "../../../../src/store/memory/tables.js";

/** A row that may be at Meta. */
export interface Held {
  readonly row: HeldRow;
  /** Of all its cells, those that were removed for themselves too. */
  readonly identifiers: readonly string[];
  /** Those by which somebody may still be there. */
  readonly open: readonly string[];
}

/** Held rows by audience. */
export function heldRows(tables: MemoryTables): ReadonlyMap<string, readonly Held[]> {
  const byAudience = new Map<string, Held[]>();
  for (const row of membersToFind(tables)) {
    const rows = byAudience.get(row.audienceId) ?? [];
    byAudience.set(row.audienceId, [...rows, knownHeld(row)]);
  }
  return byAudience;
}

/** What Meta finds somebody by in the cells of a store. */
export function identifiersIn(cells: string): readonly string[] {
  return identifiersOf(new Map(readCells(cells)));
}

/** What Meta finds wrong with a row that has these cells. */
export function flawIn(cells: string, flaws: Flaws): Flaw | undefined {
  const flawed = identifiersIn(cells).find((identifier) => flaws.has(identifier));
  return flawed === undefined ? undefined : flaws.get(flawed);
}

// The salt of a store in memory.
const items = new Items("memory", undefined);
const digest = (parts: Json): string => items.digest(parts);

/** A row of the store is replaced when it changes. */
const known = new WeakMap<HeldRow, Held>();

function knownHeld(row: HeldRow): Held {
  const held = known.get(row) ?? heldOf(row);
  known.set(row, held);
  return held;
}

function heldOf(row: HeldRow): Held {
  const identifiers = identifiersIn(row.cells);
  if (row.keys.length === 0) return { row, identifiers, open: identifiers };
  const keys = new Set(row.keys);
  const open = readCells(row.cells).filter(
    (cell) => roleOf(cell[0]) === "key" && keys.has(keyDigest(cell, digest)),
  );
  return { row, identifiers, open: identifiersOf(new Map(open)) };
}
