/** The connection on which a store works; every piece of work on it is one transaction, one at a time. */
import { LEASE_LOST, StoreFailure } from "../store-fault.js";
import type {
  Candidate,
  Cell,
  Database,
  Statements,
  Transaction,
  Values,
  Work,
} from "../sql/database.js";
import type { Answer, Connection } from "./connection.js";
import { positional, withoutNul } from "./named-values.js";
import { APPENDED } from "./schema.js";

/** Hears of each statement of a transaction before it runs, `COMMIT` included; tests end the process there. */
export type StatementObserver = (transaction: string, index: number) => void;

/** The right to run a sync, as each transaction of the run shows it. */
export interface Token {
  readonly sync: string;
  readonly token: number;
}

/** A transaction that began with these statements. */
type Opening = readonly { readonly sql: string; readonly values?: Values }[];

/** Transactions that touch what runs share come one after the other. */
const ALONE = {
  sql: "SELECT pg_advisory_xact_lock(CAST(CAST('leases' AS REGCLASS) AS OID)::INTEGER, 0)",
};

/**
 * Found only while the token is current. The row stays locked to the end: whoever takes over waits for
 * what is being committed, and what comes later finds another token.
 */
const CURRENT = "SELECT token FROM leases WHERE sync = $sync AND token = $token FOR SHARE";

/** The database of a store on a server. */
export class PostgresDatabase implements Database {
  /** Of the run that this opening works for. */
  held: Token | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly observe: StatementObserver = () => undefined,
  ) {}

  read<T>(name: string, work: Work<T>): Promise<T> {
    return this.transaction(name, [], work);
  }

  step<T>(name: string, work: Work<T>): Promise<T> {
    return this.transaction(name, [], this.whileHeld(work));
  }

  alone<T>(name: string, work: Work<T>): Promise<T> {
    return this.transaction(name, [ALONE], this.whileHeld(work));
  }

  /** Makes what belongs to this connection only; that much may be done where nothing is written. */
  temporary<T>(name: string, work: Work<T>): Promise<T> {
    return this.transaction(name, [{ sql: "SET TRANSACTION READ WRITE" }], work);
  }

  /** The same, and all its statements find the store as the first of them does. */
  ofOneMoment<T>(name: string, work: Work<T>): Promise<T> {
    const sql = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE";
    return this.transaction(name, [{ sql }], work);
  }

  /** Runs work as one transaction, after everything that was asked for before. */
  transaction<T>(name: string, opening: Opening, work: Work<T>): Promise<T> {
    if (this.closing !== undefined) return Promise.reject(new TypeError("the store is closed"));
    const done = this.last.then(() => this.commit(name, opening, work));
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Closes the connection, once, after everything that was asked for. */
  close(): Promise<void> {
    this.closing ??= this.last.then(() => this.connection.close());
    return this.closing;
  }

  /** Hangs up at once. */
  destroy(): Promise<void> {
    return this.connection.destroy();
  }

  private whileHeld<T>(work: Work<T>): Work<T> {
    return async (transaction) => {
      if (this.held !== undefined) {
        const current = await transaction.rows(CURRENT, { ...this.held });
        if (current.length === 0) throw new StoreFailure("the lease was lost", LEASE_LOST);
      }
      return work(transaction);
    };
  }

  private async commit<T>(name: string, opening: Opening, work: Work<T>): Promise<T> {
    let index = 0;
    const ask = (sql: string, values: Values = {}): Promise<Answer> => {
      this.observe(name, index);
      index += 1;
      return this.connection.query(positional(sql, values));
    };
    try {
      await this.connection.query(BEGIN);
      for (const { sql, values } of opening) await ask(sql, values);
      const result = await work(transactionOf(ask));
      await ask("COMMIT");
      return result;
    } catch (error) {
      // Where the connection fell, the server has rolled back itself.
      await this.connection.query(ROLLBACK).catch(() => undefined);
      throw error;
    }
  }
}

/** Work that runs some statements. */
export function all(statements: readonly string[]): Work<void> {
  return async (transaction) => {
    for (const sql of statements) await transaction.run(sql);
  };
}

const BEGIN = { text: "BEGIN", parameters: [] };
const ROLLBACK = { text: "ROLLBACK", parameters: [] };

type Ask = (sql: string, values?: Values) => Promise<Answer>;

function transactionOf(ask: Ask): Transaction {
  return {
    ...statementsOf(ask),
    append: async (table, rows) => {
      if (rows.length === 0) return;
      await ask(
        `INSERT INTO ${table} SELECT * FROM json_populate_recordset(
          CAST(NULL AS ${table}), CAST(CAST($rows AS TEXT) AS JSON))`,
        { rows: JSON.stringify(objects(APPENDED[table] ?? [], rows)) },
      );
    },
    about: (candidates) => {
      const known = JSON.stringify(positioned(candidates));
      return Promise.resolve(
        statementsOf((sql, values) => ask(`${CANDIDATES} ${sql}`, { ...values, known })),
      );
    },
  };
}

function statementsOf(ask: Ask): Statements {
  return {
    run: async (sql, values) => (await ask(sql, values)).count,
    rows: async (sql, values) => (await ask(sql, values)).rows,
  };
}

const CANDIDATES = `
  WITH candidates AS MATERIALIZED (
    SELECT * FROM json_to_recordset(CAST(CAST($known AS TEXT) AS JSON))
      AS c(position INTEGER, item_id UUID, content_digest UUID, route_key UUID))`;

function positioned(candidates: readonly (Candidate | undefined)[]) {
  return candidates.flatMap((candidate, position) => {
    if (candidate === undefined) return [];
    const { itemId: item_id, contentDigest: content_digest, routeKey: route_key } = candidate;
    return [{ position, item_id, content_digest, route_key }];
  });
}

function objects(columns: readonly string[], rows: readonly (readonly Cell[])[]) {
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, index) => [column, storable(row[index])])),
  );
}

function storable(cell: Cell): Cell {
  return typeof cell === "string" ? withoutNul(cell) : cell;
}
