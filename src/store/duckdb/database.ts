/** One connection to a store's file; every piece of work on it is one transaction, one at a time. */
import type { DuckDBConnection, Json } from "@duckdb/node-api";
import { StoreFailure } from "../store-fault.js";
import { appendRows, type Cell } from "./append-rows.js";
import { runStatement, type Values } from "./run-statement.js";

/** A row as the engine gives it: numbers that may be large and UUIDs come as text. */
export type Row = Readonly<Record<string, Json>>;

/** Hears of each statement of a transaction before it runs, `COMMIT` included; tests end the process there. */
export type StatementObserver = (transaction: string, index: number) => void;

/** What one transaction may do. */
export interface Transaction {
  /** Gives how many rows it changed. */
  run(sql: string, values?: Values): Promise<number>;
  rows(sql: string, values?: Values): Promise<readonly Row[]>;
  /** Appends rows in bulk; a text of 32 hex digits goes into a UUID column. */
  append(table: string, rows: readonly (readonly Cell[])[]): Promise<void>;
}

/** The database of a store. */
export class Database {
  private last: Promise<unknown> = Promise.resolve();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly observe: StatementObserver = () => undefined,
  ) {}

  /** Runs work as one transaction, after everything that was asked for before. */
  transaction<T>(name: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    if (this.closing !== undefined) return Promise.reject(new TypeError("the store is closed"));
    const done = this.last.then(() => this.commit(name, work));
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Closes what lies beneath, once, after everything that was asked for. */
  close(beneath: () => Promise<void>): Promise<void> {
    this.closing ??= this.last.then(beneath);
    return this.closing;
  }

  private async commit<T>(
    name: string,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    let index = 0;
    const next = () => {
      this.observe(name, index);
      index += 1;
    };
    try {
      await ofEngine(() => this.connection.run("BEGIN"));
      const result = await work(this.begun(next));
      await ofEngine(() => {
        next();
        return this.connection.run("COMMIT");
      });
      return result;
    } catch (error) {
      // Where the engine has given the transaction up itself, there is none to roll back.
      await this.connection.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  private begun(next: () => void): Transaction {
    return {
      run: (sql, values) =>
        ofEngine(async () => {
          next();
          return (await runStatement(this.connection, sql, values)).rowsChanged;
        }),
      rows: (sql, values) =>
        ofEngine(async () => {
          next();
          return (await runStatement(this.connection, sql, values)).getRowObjectsJson();
        }),
      append: (table, rows) =>
        ofEngine(() => {
          next();
          return appendRows(this.connection, table, rows);
        }),
    };
  }
}

/** Its errors start with their kind (`IO Error: …`); what follows may quote data. */
async function ofEngine<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    throw new StoreFailure(/^[A-Za-z ]+ Error(?=:)/.exec(said)?.[0] ?? "unknown error");
  }
}
