/** The databases that documents read from and keep their store in. */
import { DuckDBInstance } from "@duckdb/node-api";
import path from "node:path";
import { runStatements, startPostgres, type PostgresServer } from "../../postgres/server.js";

/** Orders of a shop in a table, as documents describe them. */
const ORDERS = `CREATE TABLE orders AS SELECT * FROM (VALUES
  ('S-1', 'ann@northwind.test', '+493023125010', TIMESTAMPTZ '2026-04-30 10:00:00+00', 19.90, 'EUR'),
  ('S-2', 'bea@northwind.test', '+12025550111', TIMESTAMPTZ '2026-04-29 18:30:00+00', 42.00, 'EUR')
) AS rows(order_id, email, phone, paid_at, total, currency)`;

/** Makes what a document names: `shop.duckdb` in its folder, and the variables of databases. */
export class Warehouse {
  #server: PostgresServer | undefined;

  async prepare(markdown: string, folder: string): Promise<Readonly<Record<string, string>>> {
    if (markdown.includes("shop.duckdb")) await makeDuckdb(path.join(folder, "shop.duckdb"));
    const names = ["WAREHOUSE_URL", "RETL_STORE_URL"].filter((name) => markdown.includes(name));
    const env: Record<string, string> = {};
    for (const name of names) env[name] = await this.#database(name === "WAREHOUSE_URL");
    return env;
  }

  async end(): Promise<void> {
    await this.#server?.stop();
  }

  async #database(filled: boolean): Promise<string> {
    this.#server ??= await startPostgres();
    const url = await this.#server.freshDatabase();
    if (filled) await runStatements(url, ORDERS);
    return url;
  }
}

async function makeDuckdb(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(ORDERS);
  connection.closeSync();
  instance.closeSync();
}
