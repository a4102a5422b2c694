/**
 * The right to run a sync: a lock that falls with its connection, so that a holder which was killed
 * or cut off holds nothing, and a token, so that it commits nothing either.
 */
import { fail, ok, type Result } from "../../core/result.js";
import type { SyncTaken } from "../run-log.js";
import type { Row, Values } from "../sql/database.js";
import { flag, number, optionalText } from "../sql/read-row.js";
import { StoreFailure } from "../store-fault.js";
import { Connection, type StorePlace } from "./connection.js";
import type { Token } from "./database.js";
import { positional } from "./named-values.js";

/** How often a holder makes sure that the server still hears it, in ms. */
export const HEARTBEAT_MS = 20_000;

/** Who wants a lease. */
export interface Claim {
  readonly sync: string;
  readonly holder: string;
  readonly at: number;
  readonly heartbeatMs: number;
  /** The server was silent for some heartbeats. */
  readonly onSilence: () => void;
}

/** A lease that is held. */
export interface Lease extends Token {
  readonly release: () => Promise<void>;
}

/** Takes the lease of a sync on a connection of its own; or tells who holds it. */
export async function takeLease(
  place: StorePlace,
  claim: Claim,
): Promise<Result<Lease, SyncTaken>> {
  const opened = await Connection.open(place, "write");
  if (!opened.ok) throw new StoreFailure("no connection for the lease", opened.error);
  const connection = opened.value;
  try {
    const taken = await take(connection, claim);
    if (!taken.ok) await connection.close();
    return taken;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function take(connection: Connection, claim: Claim): Promise<Result<Lease, SyncTaken>> {
  const { sync, holder, at } = claim;
  const ask = (sql: string, values: Values) => one(connection, sql, values);
  await ask(NOTED, { sync });
  const lock = await ask(LOCK, { sync });
  if (lock === undefined || !flag(lock, "taken"))
    return fail({ holder: (lock && optionalText(lock, "holder")) ?? "another process" });
  const next = await ask(TAKEN_OVER, { sync, holder, at });
  if (next === undefined) throw new StoreFailure("the lease is gone");
  const stop = watch(connection, claim);
  const release = async () => {
    stop();
    await ask(UNLOCK, { sync }).catch(() => undefined);
    await connection.close();
  };
  return ok({ sync, token: number(next, "token"), release });
}

const NOTED = `
  INSERT INTO leases (sync, token) SELECT $sync, 0
  WHERE NOT EXISTS (SELECT 1 FROM leases WHERE sync = $sync) ON CONFLICT (sync) DO NOTHING`;

const LEASES = "CAST(CAST('leases' AS REGCLASS) AS OID)::INTEGER";

const LOCK = `
  SELECT holder, pg_try_advisory_lock(${LEASES}, lease_no) AS taken FROM leases WHERE sync = $sync`;

const UNLOCK = `
  SELECT pg_advisory_unlock(${LEASES}, lease_no) AS given FROM leases WHERE sync = $sync`;

const TAKEN_OVER = `
  UPDATE leases SET token = token + 1, holder = $holder, acquired_at = $at WHERE sync = $sync
  RETURNING token`;

async function one(connection: Connection, sql: string, values: Values): Promise<Row | undefined> {
  const { rows } = await connection.query(positional(sql, values));
  return rows[0];
}

/** So many heartbeats without an answer are silence; one is missed when this process was busy. */
const MISSED = 2;

/** A cut that nobody reports shows as silence. A lock that fell is no silence: the token decides. */
function watch(connection: Connection, { heartbeatMs, onSilence }: Claim): () => void {
  let unanswered = 0;
  const hear = () => {
    unanswered = 0;
  };
  const timer = setInterval(() => {
    if (unanswered === 0) connection.query(ALIVE).then(hear, hear);
    else if (unanswered === MISSED) {
      clearInterval(timer);
      void connection.destroy();
      onSilence();
    }
    unanswered += 1;
  }, heartbeatMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

const ALIVE = { text: "SELECT 1", parameters: [] };
