import type { EventCandidate, EventCounts, EventStanding, EventStates } from "../event-states.js";
import { appendCandidates } from "./candidates.js";
import type { Cell, Database, Row, Transaction } from "./database.js";
import { COLLECT_PROOFS, EVERY_BATCH } from "./fold.js";
import { flag, number, oneOf, text } from "./read-row.js";

/** Event states in DuckDB. */
export function duckdbEvents(database: Database): EventStates {
  let seenOf: number | undefined;
  return {
    standings: (runId, sync, candidates) =>
      database.transaction("standings", async (transaction) => {
        if (seenOf !== runId) await begin(transaction, runId);
        seenOf = runId;
        await appendCandidates(transaction, candidates);
        const rows = await transaction.rows(STANDINGS, { sync });
        const standings = rows.map(standing);
        await transaction.append(
          "seen",
          candidates.filter((_, index) => standings[index]?.kind !== "repeated").map(digestsOf),
        );
        return standings;
      }),
    counts: (now) =>
      database.transaction("count events", async (transaction) => {
        await collectProofs(transaction);
        const rows = await transaction.rows(COUNTS, { now: BigInt(now) });
        // Only a dry run sees ahead.
        if (seenOf === undefined || seenOf >= 0) await transaction.run("DELETE FROM proofs");
        return rows.map(counts);
      }),
  };
}

/** A dry run sees what a run would find: folded. A run has folded what was there before it. */
async function begin(transaction: Transaction, runId: number): Promise<void> {
  await transaction.run("DELETE FROM seen");
  if (runId < 0) await collectProofs(transaction);
  else await transaction.run("DELETE FROM proofs");
}

async function collectProofs(transaction: Transaction): Promise<void> {
  await transaction.run("DELETE FROM proofs");
  await transaction.run(COLLECT_PROOFS, EVERY_BATCH);
}

function digestsOf({ itemId, contentDigest }: EventCandidate): readonly Cell[] {
  return [{ uuid: itemId }, { uuid: contentDigest }];
}

/** One pass over the events; a proof counts as if it were folded. */
const STANDINGS = `
  SELECT c.position,
    CASE
      WHEN s.item_id IS NOT NULL OR c.first_position < c.position THEN 'repeated'
      WHEN e.confirmed_at IS NOT NULL OR p.confirmed_at IS NOT NULL THEN 'delivered'
      WHEN r.origin IS NOT NULL THEN 'rejected'
      WHEN coalesce(e.first_sent_at, p.first_sent_at) IS NOT NULL THEN 'unanswered'
      ELSE 'new'
    END AS kind,
    c.content_digest = CASE
      WHEN s.item_id IS NOT NULL THEN s.content_digest
      WHEN c.first_position < c.position THEN c.first_digest
      WHEN e.confirmed_at IS NOT NULL OR p.item_id IS NULL THEN e.content_digest
      ELSE p.content_digest
    END AS same,
    r.origin,
    coalesce(e.first_sent_at, p.first_sent_at) AS first_sent_at,
    CASE WHEN e.first_sent_at IS NOT NULL THEN e.repeat_safe_until
      ELSE p.first_sent_at + p.repeat_safe_ms END AS repeat_safe_until
  FROM (
    SELECT *, min(position) OVER same_event AS first_position,
      arg_min(content_digest, position) OVER same_event AS first_digest
    FROM candidates WINDOW same_event AS (PARTITION BY item_id)
  ) c
  LEFT JOIN seen s ON s.item_id = c.item_id
  LEFT JOIN events e ON e.item_id = c.item_id
  LEFT JOIN proofs p ON p.item_id = c.item_id
  LEFT JOIN rejects r ON r.item_id = c.item_id AND r.sync = $sync
    AND r.content_digest = c.content_digest AND r.origin <> 'local'
  ORDER BY c.position`;

function standing(row: Row): EventStanding {
  const kind = oneOf(row, "kind", ["repeated", "delivered", "rejected", "unanswered", "new"]);
  switch (kind) {
    case "repeated":
    case "delivered":
      return { kind, same: flag(row, "same") };
    case "rejected":
      return { kind, origin: oneOf(row, "origin", ["meta", "operator"]) };
    case "unanswered":
      return {
        kind,
        firstSentAt: number(row, "first_sent_at"),
        repeatSafeUntil: number(row, "repeat_safe_until"),
      };
    case "new":
      return { kind };
  }
}

const COUNTS = `
  SELECT pixel_id,
    count(*) FILTER (confirmed_at IS NOT NULL) AS delivered,
    count(*) FILTER (open AND repeat_safe_until >= $now) AS unanswered,
    count(*) FILTER (open AND repeat_safe_until < $now) AS in_doubt
  FROM (
    SELECT s.*, s.confirmed_at IS NULL AND s.first_sent_at IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM rejects r
      WHERE r.item_id = s.item_id AND r.origin <> 'local') AS open
    FROM (
      SELECT coalesce(e.pixel_id, p.pixel_id) AS pixel_id, coalesce(e.item_id, p.item_id) AS item_id,
        coalesce(e.confirmed_at, p.confirmed_at) AS confirmed_at,
        coalesce(e.first_sent_at, p.first_sent_at) AS first_sent_at,
        CASE WHEN e.first_sent_at IS NOT NULL THEN e.repeat_safe_until
          ELSE p.first_sent_at + p.repeat_safe_ms END AS repeat_safe_until
      FROM events e FULL JOIN proofs p ON p.item_id = e.item_id
    ) s
  )
  GROUP BY pixel_id ORDER BY pixel_id`;

function counts(row: Row): EventCounts {
  return {
    pixelId: text(row, "pixel_id"),
    delivered: number(row, "delivered"),
    unanswered: number(row, "unanswered"),
    inDoubt: number(row, "in_doubt"),
  };
}
