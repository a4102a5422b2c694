import postgres from "postgres";

/** A row as the server sent it: the text of its values, not read yet. */
export type ServerRow = readonly (Buffer | null)[];

/** What a statement gave. */
export interface ServerResult {
  readonly columns: readonly { readonly name: string; readonly type: number }[];
  readonly rows: readonly ServerRow[];
}

/** The connection is no more; what was under way on it is not known. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/** What comes before the text of a query; the server counts positions from its start. */
export const DECLARE = "DECLARE source NO SCROLL CURSOR FOR\n";

/**
 * One connection, in one transaction that can only read and sees one moment. Every method throws
 * what the driver throws.
 */
export class ReadOnlyConnection {
  readonly #sql: postgres.Sql;
  #over = false;

  /** Throws when the text is no URL; nothing is sent yet. */
  constructor(url: string) {
    this.#sql = postgres(url, {
      // A second connection, or the same one made anew, would not be in the transaction.
      max: 1,
      max_lifetime: null,
      idle_timeout: 0,
      onclose: () => {
        this.#over = true;
      },
      // Poolers have no place for named statements, and nothing runs twice.
      prepare: false,
      fetch_types: false,
      debug: false,
      onnotice: () => undefined,
      connection: { application_name: "retl-meta" },
    });
  }

  /** Connects and begins. Settings hold for the transaction only: a pooler may share the connection. */
  async begin(statementTimeoutSeconds: number): Promise<void> {
    const timeout = Math.min(statementTimeoutSeconds * 1000, MAX_TIMEOUT_MS);
    await this.run(
      [
        "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        `SET LOCAL statement_timeout = ${timeout}`,
        ...SETTINGS.map((setting) => `SET LOCAL ${setting}`),
        NOTICE_OUR_END,
      ].join("; "),
    );
  }

  /** Makes the cursor. The server takes nothing here but one query, which it does not run yet. */
  async declare(query: string): Promise<void> {
    // Text inside of a template is sent in the extended protocol, which takes one statement only.
    await this.#untilFailure(() => this.#sql`${this.#sql.unsafe(DECLARE + query)}`);
  }

  /** The next rows of the cursor; fewer than were asked for at its end. */
  fetch(count: number): Promise<ServerResult> {
    return this.run(`FETCH FORWARD ${count} FROM source`);
  }

  /** Frees the cursor. Nothing depends on it: the transaction ends with the connection. */
  async free(): Promise<void> {
    await this.run("CLOSE source").catch(() => undefined);
  }

  async run(text: string): Promise<ServerResult> {
    return readResult(await this.#untilFailure(() => this.#sql.unsafe(text).raw()));
  }

  /** Ends the connection at once, whatever is under way on it; may be called more than once. */
  close(): void {
    this.#over = true;
    void this.#sql.end({ timeout: 0 });
  }

  /**
   * Nothing is sent after a failure: the transaction is over. The driver would connect anew, outside
   * of it, or wait for ever for the answer of a connection that is breaking.
   */
  async #untilFailure<T>(send: () => PromiseLike<T>): Promise<T> {
    if (this.#over) throw new ConnectionLost("the connection was lost");
    try {
      return await send();
    } catch (error) {
      this.#over = true;
      throw error;
    }
  }
}

/** The server takes no more. */
const MAX_TIMEOUT_MS = 2_147_483_647;

const SETTINGS = [
  // A run waits for Meta as long as Meta says.
  "idle_in_transaction_session_timeout = 0",
  // Every row is read, so the plan that is fast for all of them is wanted.
  "cursor_tuple_fraction = 1",
  // What text values have must not depend on the server's settings.
  "TimeZone = 'UTC'",
  "DateStyle = 'ISO, YMD'",
  "IntervalStyle = 'postgres'",
  "extra_float_digits = 3",
];

/**
 * A server that is at work looks after its client now and then, from version 14 on and where its
 * system can; without it a query of a process that was ended goes on until its time is over.
 */
const NOTICE_OUR_END = `SELECT set_config(name, '2s', true) FROM pg_catalog.pg_settings
  WHERE name = 'client_connection_check_interval' AND version() LIKE '%linux%'`;

function readResult(result: postgres.RawRowList<postgres.Row[]>): ServerResult {
  return { columns: columnsOf(result), rows: result };
}

/** A statement that gives no rows has no columns, whatever the driver's types say. */
function columnsOf({ columns }: { readonly columns?: ServerResult["columns"] }) {
  return (columns ?? []).map(({ name, type }) => ({ name, type }));
}
