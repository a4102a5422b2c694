/**
 * How batches and runs are found that do not go on, in place of the tables; for one connection that
 * only reads. Runs that go on are shown as they are.
 */
export function viewsAsFolded(schema: string): readonly string[] {
  const goesOn = `run_id IN (SELECT run_id FROM "${schema}".live_runs)`;
  return [
    `CREATE TEMP VIEW batches AS SELECT batch_no, batch_id, run_id, sync, parent, position, surface,
      operation, target, path, fingerprint, records, item_count,
      CASE WHEN ${goesOn} THEN state
        WHEN state = 'sending' THEN 'unknown' WHEN state = 'pending' THEN 'superseded' ELSE state
      END AS state,
      first_sent_at, settled_at, folded, refused FROM "${schema}".batches`,
    `CREATE TEMP VIEW runs AS SELECT run_id, sync, surface, started_at, holder, ended_at,
      coalesce(status, CASE WHEN NOT ${goesOn} THEN 'unfinished' END) AS status, report
      FROM "${schema}".runs`,
  ];
}
