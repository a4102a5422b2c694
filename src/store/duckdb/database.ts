/** One connection to a store's file; every piece of work on it is one transaction, one at a time. */
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Database, Transaction, Work } from "../sql/database.js";
import { StoreFailure } from "../store-fault.js";
import { appendRows } from "./append-rows.js";
import { putCandidates } from "./candidates.js";
import { runStatement } from "./run-statement.js";

/** Hears of each statement of a transaction before it runs, `COMMIT` included; tests end the process there. */
export type StatementObserver = (transaction: string, index: number) => void;

/** Runs a statement outside of any transaction. */
export type Run = (sql: string) => Promise<unknown>;

/** The database of a store. Its file is open here only, so that a transaction has it to itself. */
export class DuckdbDatabase implements Database {
  /** Is called when something is about to write to the store; what it asks for has its turn before. */
  beforeWriting: () => void = () => undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly observe: StatementObserver = () => undefined,
  ) {}

  read<T>(name: string, work: Work<T>): Promise<T> {
    return this.transaction(name, work);
  }

  step<T>(name: string, work: Work<T>): Promise<T> {
    this.beforeWriting();
    return this.transaction(name, work);
  }

  alone<T>(name: string, work: Work<T>): Promise<T> {
    this.beforeWriting();
    return this.transaction(name, work);
  }

  /**
   * Runs work as one transaction, after everything that was asked for before. Whoever writes to the store
   * comes by {@link step} or {@link alone}, so that what waits for the store as it is has its turn.
   */
  transaction<T>(name: string, work: Work<T>): Promise<T> {
    if (this.closing !== undefined) return Promise.reject(new TypeError("the store is closed"));
    const done = this.last.then(() => this.commit(name, work));
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Does what no transaction takes, in its turn. */
  apart(work: (run: Run) => Promise<void>): Promise<void> {
    if (this.closing !== undefined) return Promise.reject(new TypeError("the store is closed"));
    const done = this.last.then(() =>
      ofEngine(() => work((sql) => runStatement(this.connection, sql))),
    );
    this.last = done.catch(() => undefined);
    return done;
  }

  /** Closes what lies beneath, once, after everything that was asked for. */
  close(beneath: () => Promise<void>): Promise<void> {
    this.closing ??= this.last.then(beneath);
    return this.closing;
  }

  private async commit<T>(name: string, work: Work<T>): Promise<T> {
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
    const transaction: Omit<Transaction, "about"> = {
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
    return {
      ...transaction,
      about: async (candidates) => {
        await putCandidates(transaction, candidates);
        return transaction;
      },
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
