/** The changes that a comparison found: handed out by place, and written down for a run. */
import type { Change } from "../../members.js";
import type { Row, Transaction } from "../database.js";
import { digest, number, oneOf, optionalText, text } from "../read-row.js";
import { ROW_COLUMNS } from "./tables.js";

/** An audience whose changes are begun. */
export interface BegunAudience {
  readonly targetNo: number;
  readonly target: string;
  readonly audienceId: string;
  readonly mayShrinkTo: number | undefined;
}

/** Ids as texts, which drivers read faster. */
const PAGE = `
  SELECT place, operation, CAST(row_id AS VARCHAR) AS row_id, CAST(member AS VARCHAR) AS member,
    CAST(item_id AS VARCHAR) AS item_id, CAST(content_digest AS VARCHAR) AS content_digest,
    cells, attributes, identity,
    array_to_string(CAST(keys AS VARCHAR[]), ',') AS keys,
    array_to_string(CAST(protected_keys AS VARCHAR[]), ',') AS protected_keys
  FROM planned WHERE target_no = $targetNo AND place BETWEEN $first AND $last ORDER BY place`;

/** The changes of a target in a range of places. */
export async function changesIn(
  transaction: Transaction,
  targetNo: number,
  range: { readonly first: number; readonly last: number },
): Promise<readonly Change[]> {
  return (await transaction.rows(PAGE, { targetNo, ...range })).map(changeIn);
}

function changeIn(row: Row): Change {
  const kept = new Set(digests(row, "protected_keys"));
  return {
    place: number(row, "place"),
    operation: oneOf(row, "operation", ["upsert", "remove"]),
    member: digest(row, "member"),
    rowId: digest(row, "row_id"),
    itemId: digest(row, "item_id"),
    contentDigest: digest(row, "content_digest"),
    identity: text(row, "identity"),
    cells: text(row, "cells"),
    attributes: optionalText(row, "attributes"),
    keys: digests(row, "keys").filter((key) => !kept.has(key)),
  };
}

function digests(row: Row, name: string): readonly string[] {
  const list = optionalText(row, name) ?? "";
  return list === "" ? [] : list.split(",").map((one) => one.replaceAll("-", ""));
}

/** At which places each target has its changes. */
export async function placesByTarget(
  transaction: Transaction,
): Promise<ReadonlyMap<number, { readonly first: number; readonly last: number }>> {
  const rows = await transaction.rows(
    "SELECT target_no, min(place) AS first, max(place) AS last FROM places GROUP BY target_no",
  );
  return new Map(
    rows.map((row) => [
      number(row, "target_no"),
      { first: number(row, "first"), last: number(row, "last") },
    ]),
  );
}

/** Writes the changes of an audience down; what they touch is not certain any more. */
export async function beginChanges(
  transaction: Transaction,
  runId: number,
  { targetNo, target, audienceId, mayShrinkTo }: BegunAudience,
): Promise<void> {
  const audience = { audienceId, target, runId, mayShrinkTo };
  const known = await transaction.run(TAKEN, audience);
  if (known === 0) await transaction.run(OWNED, audience);
  await transaction.run(WRITTEN_DOWN, { runId, targetNo, audienceId });
  await transaction.run(WITHDRAWN, { targetNo, audienceId });
}

const OWNER = "coalesce((SELECT sync FROM runs WHERE run_id = $runId), '')";

const TAKEN = `
  UPDATE audiences SET target = $target, owner = ${OWNER}, may_shrink_to = $mayShrinkTo
  WHERE audience_id = $audienceId`;

const OWNED = `
  INSERT INTO audiences
  SELECT coalesce(max(audience_no), 0) + 1, $audienceId, $target, ${OWNER},
    CAST($mayShrinkTo AS INTEGER)
  FROM audiences`;

const AUDIENCE_NO = "(SELECT audience_no FROM audiences WHERE audience_id = $audienceId)";

const WRITTEN_DOWN = `
  INSERT INTO changes (run_id, place, operation, protected_keys, protected_count, ${ROW_COLUMNS})
  SELECT CAST($runId AS INTEGER), place, operation, protected_keys, protected_count,
    ${AUDIENCE_NO}, row_id, member, item_id, content_digest, attributes_digest, keys, key_count,
    cells, identity
  FROM planned WHERE target_no = $targetNo`;

const WITHDRAWN = `
  UPDATE members SET confirmed_at = NULL FROM withdrawn p
  WHERE p.target_no = $targetNo AND p.row_id = members.row_id
    AND members.audience_no = ${AUDIENCE_NO} AND members.confirmed_at IS NOT NULL`;
