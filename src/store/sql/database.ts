/** What the statements of a store ask of its engine; they are written in what engines have in common. */

/** A row as an engine gives it: numbers that may be large and UUIDs come as text. */
export type Row = Readonly<Record<string, unknown>>;

/** The parameters of a statement, by name; numbers are whole, `undefined` is NULL. */
export type Values = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A value as it is appended: numbers are whole, 32 hex digits go into a UUID column, a list of them into
 * one of `UUID[]`.
 */
export type Cell = string | number | undefined | readonly string[];

/** A record that is asked about. */
export interface Candidate {
  readonly itemId: string;
  readonly contentDigest: string;
  /** Of an event. */
  readonly routeKey?: string;
}

/** Statements, one after the other. */
export interface Statements {
  /** Gives how many rows it changed. */
  run(sql: string, values?: Values): Promise<number>;
  rows(sql: string, values?: Values): Promise<readonly Row[]>;
}

/** What one transaction may do. */
export interface Transaction extends Statements {
  /** Appends rows in bulk. */
  append(table: string, rows: readonly (readonly Cell[])[]): Promise<void>;
  /**
   * Statements that find some records in the table `candidates` (`position` from 0, `item_id`,
   * `content_digest`, `route_key`); of one that is `undefined` only the position is taken.
   */
  about(candidates: readonly (Candidate | undefined)[]): Promise<Statements>;
}

/** What is done in a transaction. */
export type Work<T> = (transaction: Transaction) => Promise<T>;

/** The database of a store; each piece of work is one transaction. The names are for tests. */
export interface Database {
  /** Only looks. */
  read<T>(name: string, work: Work<T>): Promise<T>;
  /** A step of the run that this opening works for: nothing of it takes effect if that has lost its lease. */
  step<T>(name: string, work: Work<T>): Promise<T>;
  /** Such a step, or an operator's word, that touches what runs share: one after the other. */
  alone<T>(name: string, work: Work<T>): Promise<T>;
}

/**
 * Room beside the store for what is gathered and compared. Its tables are found by their names, as those
 * of the store are, and are gone with the opening.
 */
export interface Scratch {
  /** Makes room; what an earlier opening of it left is gone. */
  open(): Promise<void>;
  /** How a statement begins that makes a table of that name. */
  create(table: string): string;
  /** Statements after which ranges of a column, in whose order a table was written, are read quickly. */
  inRanges(table: string, column: string): readonly string[];
  /** A transaction that only looks at the store, and writes here. */
  work<T>(name: string, work: Work<T>): Promise<T>;
  /**
   * Such a transaction that makes tables of what was gathered. It finds the store as it is at one moment,
   * and so does the rest, which may wait until it is asked for. Nothing is added to any table behind it.
   */
  derive<T>(name: string, work: Work<T>, rest: Work<void>): Promise<Derived<T>>;
  /** Gives the room back. May be called more than once. */
  close(): Promise<void>;
}

/** What was derived, and what may still be to do. */
export interface Derived<T> {
  readonly result: T;
  /** Makes sure that the rest is done. */
  readonly complete: () => Promise<void>;
}

/** What each engine does in its own way. */
export interface Engine {
  readonly database: Database;
  readonly scratch: Scratch;
  /** Whether the table `ahead` is there: how events will be once everything is folded. */
  readonly ahead: boolean;
  /** Gives statements of a transaction the memory that a comparison has. */
  readonly withRoom: <T>(transaction: Transaction, work: () => Promise<T>) => Promise<T>;
  /** Folds the batches that fit a condition, in the transaction of its caller; twice changes nothing. */
  readonly fold: (transaction: Transaction, batches: string) => Promise<void>;
  /** The runs that go on. From here on no other one can change anything any more. */
  readonly liveRuns: (transaction: Transaction) => Promise<readonly number[]>;
}
