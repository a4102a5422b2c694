/** From what a store wants changed back to an entry that can be sent. */
import type { Json } from "../core/json.js";
import type { Change } from "../store/members.js";
import type { AudienceEntry } from "../surfaces/entry.js";
import { readCells, roleOf, type Cell } from "./cells.js";
import { keyDigest, type Digest, type RowForms } from "./wanted-member.js";

/** The entry of a change: its row alone, so that requests are full and a refused row stands alone. */
export function changeEntry(
  change: Change,
  target: string,
  { columns, digest }: RowForms,
): AudienceEntry {
  const { operation, identity, member } = change;
  const row = new Array<Json | undefined>(columns.length).fill(undefined);
  const used: number[] = [];
  for (const [column, value] of sentCells(change, digest)) {
    const position = columns.indexOf(column);
    if (position < 0) throw new TypeError(`no column of these is ${column}`);
    row[position] = value;
    used.push(position);
  }
  return {
    surface: "custom_audiences",
    identity,
    operation,
    target,
    member,
    items: 1,
    columns: used,
    rows: [row],
  };
}

/** Of a removal the key cells that may go, and what helps to find the person by them. */
function sentCells(
  { operation, cells, attributes, keys }: Change,
  digest: Digest,
): readonly Cell[] {
  const held = readCells(cells);
  if (operation === "upsert")
    return attributes === undefined ? held : [...held, ...readCells(attributes)];
  const sent = new Set(keys);
  return held.filter((cell) => roleOf(cell[0]) !== "key" || sent.has(keyDigest(cell, digest)));
}
