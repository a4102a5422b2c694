/** Whether another pixel has events that are new to their own. */
import type { EventStanding } from "../event-states.js";
import type { Row, Statements } from "./database.js";
import { number, text } from "./read-row.js";

/** Where to look. */
export interface Elsewhere {
  readonly sync: string;
  /** Whether the table `ahead` is to be looked at as well. */
  readonly ahead: boolean;
  /** The events among which the candidates' routes are looked for, as a table `e`. */
  readonly events: string;
}

/**
 * The standings with what the same sync delivered to another pixel. Where nothing is new, which is the
 * usual thing, nobody is asked: it takes as long as everything else.
 *
 * @param about statements about the candidates
 */
export async function orElsewhere(
  about: Statements,
  standings: readonly EventStanding[],
  { sync, ahead, events }: Elsewhere,
): Promise<readonly EventStanding[]> {
  if (!standings.some(({ kind }) => kind === "new")) return standings;
  const tables = ahead ? [events, "ahead e"] : [events];
  const rows = await about.rows(tables.map(deliveredIn).join(" UNION ALL "), { sync });
  const pixels = firstPixels(rows);
  return standings.map((standing, position) => {
    const pixelId = pixels.get(position);
    if (standing.kind !== "new" || pixelId === undefined) return standing;
    return { kind: "delivered_elsewhere", pixelId };
  });
}

const deliveredIn = (events: string) => `
  SELECT c.position, e.pixel_id
  FROM candidates c JOIN ${events} ON e.route_key = c.route_key AND e.item_id <> c.item_id
  WHERE e.sync = $sync AND e.confirmed_at IS NOT NULL`;

function firstPixels(rows: readonly Row[]): ReadonlyMap<number, string> {
  const pixels = new Map<number, string>();
  for (const row of rows) {
    const position = number(row, "position");
    const pixelId = text(row, "pixel_id");
    const known = pixels.get(position) ?? pixelId;
    pixels.set(position, known < pixelId ? known : pixelId);
  }
  return pixels;
}
