import { fail, ok, type Result } from "../../core/result.js";
import { invalidParameter, type Refusal } from "../answers/refusal.js";
import type { Audience } from "../world/audience.js";
import { idOfCursor } from "./cursor.js";

/** A stretch of a listing, and whether there is more on either side. */
export interface Page {
  readonly audiences: readonly Audience[];
  readonly limit: number;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

/** What the emulator gives when no `limit` is asked for. */
const DEFAULT_LIMIT = 25;

/** Cuts the page that `limit`, `after` and `before` ask for. */
export function cutPage(
  audiences: readonly Audience[],
  query: URLSearchParams,
): Result<Page, Refusal> {
  const limit = readLimit(query.get("limit"));
  if (limit === undefined) {
    return fail(invalidParameter("Param limit must be a whole number above 0", ["limit"]));
  }
  const after = positionOf(audiences, query.get("after"));
  if (after === "unknown") return fail(staleCursor("after"));
  const before = positionOf(audiences, query.get("before"));
  if (before === "unknown") return fail(staleCursor("before"));
  const start =
    before === undefined ? (after === undefined ? 0 : after + 1) : Math.max(0, before - limit);
  const end = Math.min(before ?? audiences.length, start + limit);
  return ok({
    audiences: audiences.slice(start, end),
    limit,
    hasNext: end < audiences.length,
    hasPrevious: start > 0,
  });
}

function readLimit(text: string | null): number | undefined {
  if (text === null) return DEFAULT_LIMIT;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function positionOf(
  audiences: readonly Audience[],
  cursor: string | null,
): number | "unknown" | undefined {
  if (cursor === null || cursor === "") return undefined;
  const id = idOfCursor(cursor);
  const position = audiences.findIndex((audience) => audience.id === id);
  return position < 0 ? "unknown" : position;
}

function staleCursor(name: string): Refusal {
  return invalidParameter(`Param ${name} is not a cursor of this listing`, [name]);
}
