/** The changes that a comparison found: handed out by place, and written down for a run. */
import type { Change, PlaceRange } from "../../members.js";
import type { Row, Transaction } from "../database.js";
import { number, oneOf, optionalText, text } from "../read-row.js";
import { ROW_COLUMNS } from "./tables.js";

/** An audience whose changes are begun. */
export interface BegunAudience {
  readonly targetNo: number;
  readonly target: string;
  readonly audienceId: string;
  readonly mayShrinkTo: number | undefined;
}

/** Digests go as one text: for a driver each text of a row is a piece of work, however long it is. */
const PAGE = `
  SELECT place, operation, cells, attributes, identity,
    replace(CAST(row_id AS VARCHAR) || ',' || CAST(member AS VARCHAR) || ',' ||
      CAST(item_id AS VARCHAR) || ',' || CAST(content_digest AS VARCHAR) || ';' ||
      array_to_string(CAST(keys AS VARCHAR[]), ',') || ';' ||
      coalesce(array_to_string(CAST(protected_keys AS VARCHAR[]), ','), ''), '-', '') AS digests
  FROM planned WHERE target_no = $targetNo AND place BETWEEN $first AND $last ORDER BY place`;

/** The changes of a target in a range of places. */
export async function changesIn(
  transaction: Transaction,
  targetNo: number,
  range: PlaceRange,
): Promise<readonly Change[]> {
  return (await transaction.rows(PAGE, { targetNo, ...range })).map(changeIn);
}

function changeIn(row: Row): Change {
  const [ids = [], keys = [], kept = []] = text(row, "digests").split(";").map(listed);
  const [rowId = "", member = "", itemId = "", contentDigest = ""] = ids;
  return {
    place: number(row, "place"),
    operation: oneOf(row, "operation", ["upsert", "remove"]),
    ...{ member, rowId, itemId, contentDigest },
    identity: text(row, "identity"),
    cells: text(row, "cells"),
    attributes: optionalText(row, "attributes"),
    keys: kept.length === 0 ? keys : keys.filter((key) => !kept.includes(key)),
  };
}

function listed(digests: string): readonly string[] {
  return digests === "" ? [] : digests.split(",");
}

/** At which places each target will have its changes: behind those of the targets before it. */
export async function placesByTarget(
  transaction: Transaction,
): Promise<ReadonlyMap<number, PlaceRange>> {
  const places = new Map<number, PlaceRange>();
  let first = 0;
  for (const row of await transaction.rows(CHANGES_BY_TARGET)) {
    const next = first + number(row, "changes");
    places.set(number(row, "target_no"), { first, last: next - 1 });
    first = next;
  }
  return places;
}

const CHANGES_BY_TARGET = `
  SELECT c.target_no, count(*) AS changes
  FROM (SELECT target_no FROM gone UNION ALL SELECT target_no FROM additions) o
  JOIN compared c ON c.target_no = o.target_no
  GROUP BY c.target_index, c.target_no ORDER BY c.target_index`;

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
