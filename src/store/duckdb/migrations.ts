import { TABLES } from "./schema.js";

/** A step from one schema version to the next; all of it takes effect in one transaction, or none. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/** From an empty file to today's schema, in order. What once shipped is never changed. */
export const MIGRATIONS: readonly Migration[] = [{ version: 1, statements: TABLES }];
