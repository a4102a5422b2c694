import type { Suppressions } from "../suppressions.js";
import { membersToFind } from "./fold.js";
import type { HeldRow, MemoryTables } from "./tables.js";
import { tidyUp } from "./tidy-up.js";

/** Suppressions in memory. */
export function memorySuppressions(tables: MemoryTables): Suppressions {
  const { suppressed } = tables;
  return {
    any: () => Promise.resolve(suppressed.size > 0),
    among: (keys) => Promise.resolve(new Set(keys.filter((key) => suppressed.has(key)))),
    add: (keys, at) => {
      const news = new Set(keys.filter((key) => !suppressed.has(key)));
      for (const key of news) suppressed.set(key, at);
      tidyUp(tables);
      const rows = rowsOfWhoever(tables, new Set(keys));
      forgetRejects(tables, rows);
      withdraw(tables, rows);
      return Promise.resolve(news.size);
    },
    lift: (keys) => Promise.resolve(new Set(keys.filter((key) => suppressed.delete(key))).size),
    dropHeld: (audienceId) => Promise.resolve(dropHeld(tables, audienceId)),
  };
}

function dropHeld({ members, suppressed }: MemoryTables, audienceId: string): number {
  const held = [...members].filter(([, row]) => row.audienceId === audienceId);
  const found = held.filter(([, row]) => row.keys.some((key) => suppressed.has(key)));
  const people = new Set(found.map(([, { member }]) => member));
  const rows = held.filter(([, { member }]) => people.has(member));
  for (const [key] of rows) members.delete(key);
  return rows.length;
}

/** All rows of whoever has one of some keys. */
function rowsOfWhoever(tables: MemoryTables, keys: ReadonlySet<string>): readonly HeldRow[] {
  const held = membersToFind(tables);
  const found = held.filter((row) => row.keys.some((key) => keys.has(key)));
  const people = new Set(found.map(({ member }) => member));
  return held.filter(({ member }) => people.has(member));
}

function forgetRejects({ rejects }: MemoryTables, rows: readonly HeldRow[]): void {
  const items = new Set(rows.map(({ itemId }) => itemId));
  for (const [key, { itemId }] of rejects) if (items.has(itemId)) rejects.delete(key);
}

/** Of some rows, and of all that have one of their keys. */
function withdraw({ members }: MemoryTables, rows: readonly HeldRow[]): void {
  const ids = new Set(rows.map(({ rowId }) => rowId));
  const keys = new Set(rows.flatMap((row) => row.keys));
  for (const [key, row] of members)
    if (ids.has(row.rowId) || row.keys.some((one) => keys.has(one)))
      members.set(key, { ...row, confirmedAt: undefined });
}
