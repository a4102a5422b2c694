/** One connection to a store's file; every piece of work on it is one transaction, one at a time. */
import {
  DuckDBUUIDValue,
  type DuckDBConnection,
  type DuckDBValue,
  type Json,
} from "@duckdb/node-api";
import { StoreFailure } from "../store-fault.js";

/** A row as the engine gives it: numbers that may be large and UUIDs come as text. */
export type Row = Readonly<Record<string, Json>>;

/** Hears of each statement before it runs; tests end the process there. */
export type StatementObserver = (transaction: string, index: number) => void;

/** What one transaction may do. */
export interface Transaction {
  run(sql: string, values?: Readonly<Record<string, DuckDBValue>>): Promise<void>;
  rows(sql: string, values?: Readonly<Record<string, DuckDBValue>>): Promise<readonly Row[]>;
  /** Appends rows in bulk; a text of 32 hex digits goes into a UUID column. */
  append(table: string, rows: readonly (readonly Cell[])[]): Promise<void>;
}

/** A value as it is appended. */
export type Cell = string | number | { readonly uuid: string } | undefined;

/** The database of a store. */
export class Database {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly observe: StatementObserver = () => undefined,
  ) {}

  /** Runs work as one transaction, after everything that was asked for before. */
  transaction<T>(name: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const done = this.last.then(() => this.commit(name, work));
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Settles when nothing is asked for any more. */
  async idle(): Promise<void> {
    await this.last;
  }

  private async commit<T>(
    name: string,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    try {
      await this.connection.run("BEGIN");
      const result = await work(this.begun(name));
      await this.connection.run("COMMIT");
      return result;
    } catch (error) {
      await this.connection.run("ROLLBACK").catch(() => undefined);
      throw new StoreFailure(error);
    }
  }

  private begun(name: string): Transaction {
    let index = 0;
    const next = () => {
      this.observe(name, index);
      index += 1;
    };
    return {
      run: async (sql, values) => {
        next();
        await this.connection.run(sql, values === undefined ? undefined : { ...values });
      },
      rows: async (sql, values) => {
        next();
        const read = await this.connection.runAndReadAll(
          sql,
          values === undefined ? undefined : { ...values },
        );
        return read.getRowObjectsJson();
      },
      append: async (table, rows) => {
        next();
        await append(this.connection, table, rows);
      },
    };
  }
}

const TEMPORARY: ReadonlySet<string> = new Set(["candidates", "seen"]);

async function append(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  // A temporary table is written to in a store that is only read, too.
  const catalog = TEMPORARY.has(table) ? "temp" : null;
  const appender = await connection.createAppender(table, null, catalog);
  for (const row of rows) {
    for (const cell of row) {
      if (cell === undefined) appender.appendNull();
      else if (typeof cell === "string") appender.appendVarchar(cell);
      else if (typeof cell === "number") appender.appendBigInt(BigInt(cell));
      else appender.appendUUID(DuckDBUUIDValue.fromUint128(BigInt(`0x${cell.uuid}`)));
    }
    appender.endRow();
  }
  appender.closeSync();
}
