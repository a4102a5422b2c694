/** One connection to a server: never another one in its place, since locks and settings fall with it. */
import postgres, { type Sql } from "postgres";
import { fail, ok, type Result } from "../../core/result.js";
import type { Row } from "../sql/database.js";
import type { StoreFault } from "../store-fault.js";
import { connectingFault, invalidUrl } from "./opening-faults.js";
import type { Positional } from "./named-values.js";
import { failureOf, notConnected } from "./failures.js";

/** Where the tables are. */
export interface StorePlace {
  /** A secret: it holds a password. */
  readonly url: string;
  /** What people call it; no text shows the URL. */
  readonly name: string;
  /** All tables lie in it. */
  readonly schema: string;
}

/** What a statement did. */
export interface Answer {
  readonly rows: readonly Row[];
  /** How many rows it changed. */
  readonly count: number;
}

/** An open connection. */
export class Connection {
  private lost = false;

  private constructor(private readonly sql: Sql) {}

  /** Connects. A connection that only reads cannot write anything but temporary tables. */
  static async open(
    place: StorePlace,
    access: "read" | "write",
  ): Promise<Result<Connection, StoreFault>> {
    if (!/^postgres(ql)?:\/\//.test(place.url)) return fail(invalidUrl(place.name));
    let connection: Connection | undefined;
    try {
      const sql = postgres(place.url, {
        ...OPTIONS,
        onclose: () => {
          if (connection !== undefined) connection.lost = true;
        },
      });
      connection = new Connection(sql);
    } catch {
      // What is thrown quotes the URL.
      return fail(invalidUrl(place.name));
    }
    try {
      await connection.sql.unsafe(settings(place.schema, access));
      return ok(connection);
    } catch (error) {
      await connection.close();
      return fail(connectingFault(place.name, error));
    }
  }

  /** Runs a statement; rejects with a `StoreFailure`, whose text is ours. */
  async query({ text, parameters }: Positional): Promise<Answer> {
    if (this.lost) throw notConnected("closed");
    try {
      const rows = await this.sql.unsafe<Row[]>(text, [...parameters], { prepare: true });
      return { rows, count: rows.count };
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** Says goodbye, as far as anybody listens. May be called more than once. */
  async close(): Promise<void> {
    this.lost = true;
    await this.sql.end({ timeout: 2 }).catch(() => undefined);
  }

  /** Hangs up: whoever waits for an answer hears that there will be none. */
  async destroy(): Promise<void> {
    this.lost = true;
    await this.sql.end({ timeout: 0 }).catch(() => undefined);
  }
}

/** In seconds. A library of its own accord would change the connection every hour. */
const OPTIONS = {
  max: 1,
  max_lifetime: null,
  idle_timeout: 0,
  connect_timeout: 15,
  keep_alive: 30,
  fetch_types: false,
  onnotice: () => undefined,
  connection: { application_name: "retl-meta" },
};

/**
 * Whatever a role or a database has for its own. Tables grow within a run, so a plan of its beginning
 * would read them whole at its end. The server notices within a minute that a holder was cut off, also
 * in the middle of a transaction.
 */
function settings(schema: string, access: "read" | "write"): string {
  return `
    SET search_path = "${schema}";
    SET default_transaction_read_only = ${access === "read" ? "on" : "off"};
    SET default_transaction_isolation = 'read committed';
    SET plan_cache_mode = force_custom_plan;
    SET statement_timeout = 0;
    SET lock_timeout = '5min';
    SET idle_in_transaction_session_timeout = '1min';
    SET tcp_keepalives_idle = 30;
    SET tcp_keepalives_interval = 10;
    SET tcp_keepalives_count = 3`;
}
