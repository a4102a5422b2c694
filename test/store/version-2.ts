/** Rows of a store of version 2, which knew neither the sync nor the route of an event. */
import { hex, HOUR, T0 } from "./rows.js";

const DELIVERED_AT = T0 + 1_000;

/**
 * Statements that fill such a store: a run of a sync that delivered event 1, then a run of another that
 * had people only.
 *
 * @param place the schema, with its point
 * @param columns what a table of runs needs beside, with a value
 */
export function version2Rows(place = "", columns: Readonly<Record<string, number>> = {}) {
  const names = Object.keys(columns).map((name) => `, ${name}`);
  const values = Object.values(columns).map((value) => `, ${String(value)}`);
  const run = (id: number, sync: string, surface: string, at: number) =>
    `INSERT INTO ${place}runs (run_id, sync, surface, started_at, holder, status${names.join("")})
      VALUES (${String(id)}, '${sync}', '${surface}', ${String(at)}, 'node', 'succeeded'${values.join("")})`;
  return [
    run(1, "orders", "events", T0),
    run(2, "orders", "events", T0 + HOUR),
    run(3, "vip", "custom_audiences", T0 + 2 * HOUR),
    `INSERT INTO ${place}batches (batch_no, batch_id, run_id, sync, position, surface, operation,
        target, path, fingerprint, records, item_count, state, folded)
      VALUES (1, '1-1', 1, 'orders', 0, 'events', 'import', '300', '/300/events', 'f', 1, 1,
        'succeeded', true)`,
    `INSERT INTO ${place}events (pixel_id, item_id, content_digest, event_time, first_sent_at,
        repeat_safe_until, confirmed_at, batch_id)
      VALUES ('300', '${hex(1)}', '${hex(1_001)}', ${String(T0 / 1_000)}, ${String(DELIVERED_AT)},
        ${String(DELIVERED_AT + 46 * HOUR)}, ${String(DELIVERED_AT)}, '1-1')`,
  ];
}

/** When the event is forgotten: Meta takes none that is older than 62 days. */
export const FORGOTTEN_AT = DELIVERED_AT + 64 * 24 * HOUR + 1;
