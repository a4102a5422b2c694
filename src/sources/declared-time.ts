/** Reads when an event happened, in the ways a declaration can say it. */
import type { OccurredAt } from "../config/sync-file.js";
import type { Json } from "../core/json.js";
import { readWallClock } from "../core/time.js";
import type { Read } from "../mapping/shape.js";
import { readValue, type Positions } from "./column-expressions.js";
import type { ColumnBatch } from "./source.js";
import { zoneClock } from "./zone-clock.js";

/**
 * Compiles `occurred_at`: a wall clock of a zone and a number since 1970 become RFC 3339 text in
 * UTC, an instant stays as it is. A value that is not what was declared is passed on as it is: the
 * mapping refuses it, or takes it when it carries a zone after all.
 */
export function readOccurredAt(occurredAt: OccurredAt, positions: Positions): Read<ColumnBatch> {
  const read = readValue(occurredAt.from, positions);
  switch (occurredAt.kind) {
    case "instant":
      return read;
    case "zoned": {
      const instantOf = zoneClock(occurredAt.zone);
      return converted(read, (value) => {
        const wall = typeof value === "string" ? readWallClock(value) : undefined;
        return wall === undefined ? undefined : instantOf(wall);
      });
    }
    case "epoch": {
      const scale = occurredAt.unit === "s" ? 1000 : 1;
      return converted(read, (value) => {
        const number = numberOf(value);
        return number === undefined ? undefined : Math.trunc(number * scale);
      });
    }
  }
}

function converted(
  read: Read<ColumnBatch>,
  toMs: (value: Json) => number | undefined,
): Read<ColumnBatch> {
  return (batch, row) => {
    const value = read(batch, row);
    if (value === undefined) return undefined;
    const ms = toMs(value);
    return (ms === undefined ? undefined : instantText(ms)) ?? value;
  };
}

const DECIMAL = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function numberOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && DECIMAL.test(value.trim()) ? Number(value) : undefined;
}

/** `undefined` for instants outside of the years 0 to 9999. */
function instantText(ms: number): string | undefined {
  const date = new Date(ms);
  const text = Number.isNaN(date.getTime()) ? "" : date.toISOString();
  return /^\d{4}-/.test(text) ? text.replace(".000Z", "Z") : undefined;
}
