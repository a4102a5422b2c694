import type { Scratch } from "../sql/database.js";
import { all, type PostgresDatabase } from "./database.js";

/** Temporary tables of the connection. */
export function postgresScratch(database: PostgresDatabase): Scratch {
  const made = new Set<string>();
  const clear = async () => {
    const drops = [...made].map((table) => `DROP TABLE IF EXISTS pg_temp.${table}`);
    made.clear();
    if (drops.length > 0) await database.temporary("clear scratch", all(drops));
  };
  return {
    open: clear,
    create: (table) => {
      made.add(table);
      return `CREATE TEMP TABLE ${table}`;
    },
    inRanges: (table, column) => [
      `CREATE INDEX ON pg_temp.${table} (${column})`,
      `ANALYZE pg_temp.${table}`,
    ],
    work: (name, work) => database.temporary(name, work),
    // Texts lie beside ids here, so that nothing is won by looking them up later.
    derive: (name, work, rest) =>
      database.ofOneMoment(name, async (transaction) => {
        const result = await work(transaction);
        await rest(transaction);
        return { result, complete: () => Promise.resolve() };
      }),
    close: clear,
  };
}
