import type { Suppressions } from "../suppressions.js";
import { membersToFind } from "./fold.js";
import type { MemoryTables } from "./tables.js";

/** Suppressions in memory. */
export function memorySuppressions(tables: MemoryTables): Suppressions {
  const { suppressed } = tables;
  return {
    any: () => Promise.resolve(suppressed.size > 0),
    among: (keys) => Promise.resolve(new Set(keys.filter((key) => suppressed.has(key)))),
    add: (keys, at) => {
      const news = new Set(keys.filter((key) => !suppressed.has(key)));
      for (const key of news) suppressed.set(key, at);
      forgetRejects(tables, new Set(keys));
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

function forgetRejects(tables: MemoryTables, keys: ReadonlySet<string>): void {
  const held = membersToFind(tables);
  const found = held.filter((row) => row.keys.some((key) => keys.has(key)));
  const people = new Set(found.map(({ member }) => member));
  const items = new Set(
    held.filter(({ member }) => people.has(member)).map(({ itemId }) => itemId),
  );
  for (const [key, { itemId }] of tables.rejects) if (items.has(itemId)) tables.rejects.delete(key);
}
