import { ok, type Result } from "../../core/result.js";
import type { NewRun, RunLog, StartedRun, SyncTaken } from "../run-log.js";
import type { Engine, Transaction } from "../sql/database.js";
import { number } from "../sql/read-row.js";
import { endRun, latestRuns, nextRun } from "../sql/run-rows.js";
import { noteSync, pastOf } from "../sql/sync-rows.js";
import { tidyUp } from "../sql/tidy-up.js";
import type { PostgresDatabase } from "./database.js";
import type { Lease } from "./lease.js";

/** Takes the lease of a run's sync. */
export type TakeLease = (run: NewRun) => Promise<Result<Lease, SyncTaken>>;

/** The log of runs on a server, with the lease of the run under way. */
export interface PostgresRuns {
  readonly log: RunLog;
  /** Gives the lease back, if there is one. */
  readonly release: () => Promise<void>;
}

/** The log of runs on a server. */
export function postgresRuns(
  engine: Engine & { readonly database: PostgresDatabase },
  takeLease: TakeLease,
): PostgresRuns {
  const { database } = engine;
  let under: { readonly lease: Lease; runId: number | undefined } | undefined;
  const release = async () => {
    const { lease } = under ?? {};
    under = undefined;
    database.held = undefined;
    await lease?.release();
  };
  const start = async (run: NewRun): Promise<Result<StartedRun, SyncTaken>> => {
    await release();
    const taken = await takeLease(run);
    if (!taken.ok) return taken;
    under = { lease: taken.value, runId: undefined };
    database.held = taken.value;
    const { token } = taken.value;
    const started = await database.alone("start", (transaction) =>
      startRun(transaction, engine, run, token),
    );
    under.runId = started.runId;
    return ok(started);
  };
  return {
    release,
    log: {
      start,
      end: async (runId, status, at, report) => {
        await database.alone("fold", (transaction) =>
          endRun(transaction, engine, { runId, status, at, report }),
        );
        if (under?.runId === runId) await release();
      },
      list: (limit) => database.read("list runs", (transaction) => latestRuns(transaction, limit)),
      past: (sync) => database.read("past", (transaction) => pastOf(transaction, sync)),
    },
  };
}

async function startRun(
  transaction: Transaction,
  engine: Engine,
  run: NewRun,
  token: number,
): Promise<StartedRun> {
  await tidyUp(transaction, engine);
  await noteSync(transaction, run);
  const next = await nextRun(transaction, run);
  const { runId } = next;
  const { sync, surface, startedAt, holder } = run;
  await transaction.run(
    `INSERT INTO runs
      VALUES ($runId, $sync, $surface, $startedAt, $holder, NULL, NULL, NULL, $token)`,
    { runId, sync, surface, startedAt, holder, token },
  );
  return next;
}

/**
 * The runs that go on. First the tokens of all others are used up, so that one which was only cut off
 * commits nothing from here on: its lease counts as taken over.
 */
export async function liveRuns(transaction: Transaction): Promise<readonly number[]> {
  await transaction.run(
    `UPDATE leases SET token = leases.token + 1 FROM runs r
      WHERE r.sync = leases.sync AND r.token = leases.token AND r.status IS NULL
        AND r.run_id NOT IN (SELECT run_id FROM live_runs)`,
  );
  const rows = await transaction.rows(
    `SELECT r.run_id FROM runs r JOIN leases l ON l.sync = r.sync AND l.token = r.token
      WHERE r.status IS NULL`,
  );
  return rows.map((row) => number(row, "run_id"));
}
