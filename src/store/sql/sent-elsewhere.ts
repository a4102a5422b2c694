/** Whether another pixel has, or may have, events that are new to their own. */
import { firstElsewhere, type ElsewhereStanding } from "../elsewhere.js";
import type { EventStanding } from "../event-states.js";
import type { Row, Statements } from "./database.js";
import { flag, number, text } from "./read-row.js";

/** Where to look. */
export interface Elsewhere {
  readonly sync: string;
  /** Whether the table `ahead` is to be looked at as well. */
  readonly ahead: boolean;
  /** The events among which the candidates' routes are looked for, as a table `e`. */
  readonly events: string;
}

/**
 * The standings with what the same sync sent to another pixel. Where nothing is new, which is the
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
  const rows = await about.rows(tables.map(sentIn).join(" UNION ALL "), { sync });
  const found = new Map<number, ElsewhereStanding>();
  for (const row of rows) {
    const position = number(row, "position");
    found.set(position, firstElsewhere(found.get(position), standingIn(row)));
  }
  return standings.map((standing, position) =>
    standing.kind === "new" ? (found.get(position) ?? standing) : standing,
  );
}

const sentIn = (events: string) => `
  SELECT c.position, e.pixel_id, e.confirmed_at IS NOT NULL AS delivered, e.repeat_safe_until
  FROM candidates c JOIN ${events} ON e.route_key = c.route_key AND e.item_id <> c.item_id
  WHERE e.sync = $sync AND (e.confirmed_at IS NOT NULL OR e.first_sent_at IS NOT NULL)`;

function standingIn(row: Row): ElsewhereStanding {
  const pixelId = text(row, "pixel_id");
  return flag(row, "delivered")
    ? { kind: "delivered_elsewhere", pixelId }
    : {
        kind: "unanswered_elsewhere",
        pixelId,
        repeatSafeUntil: number(row, "repeat_safe_until"),
      };
}
