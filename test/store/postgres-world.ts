/** Stores on a server, each in a schema of its own. */
import postgres, { type Sql } from "postgres";
import { openPostgresStore, type StoreOptions } from "../../src/store/postgres/open-store.js";
import type { Store } from "../../src/store/store.js";
import { startPostgres, type PostgresServer } from "../postgres/server.js";
import type { SharedWorld } from "./world.js";

/** What stores of tests are called. */
export const NAME = "env:RETL_STORE_URL";

/** A server, and somebody who looks at it from outside. */
export class PostgresWorlds {
  private schemas = 0;
  private readonly sql: Sql;

  private constructor(private readonly server: PostgresServer) {
    this.sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  }

  static async start(): Promise<PostgresWorlds> {
    return new PostgresWorlds(await startPostgres("as people do"));
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.sql.end();
    await this.server.stop();
  }

  /** A schema that nobody has used. */
  newSchema(): string {
    this.schemas += 1;
    return `store_${String(this.schemas)}`;
  }

  /** Opens a store that the test expects to open. */
  async opened(schema: string, differs: Partial<StoreOptions> = {}): Promise<Store> {
    const result = await openPostgresStore({ ...this.options(schema), ...differs });
    if (!result.ok) throw new Error(`${result.error.message}. ${result.error.remedy}`);
    return result.value;
  }

  options(schema: string): StoreOptions {
    return { url: this.url, name: NAME, schema, origin: "graph", createSalt: () => "salt" };
  }

  /** The URL of an empty database. */
  newDatabase(): Promise<string> {
    return this.server.freshDatabase();
  }

  /** Cuts every connection of a store. */
  async cutAll(): Promise<void> {
    await this.ask(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE application_name = 'retl-meta'`,
    );
  }

  /** Runs a statement from outside; gives the first column. */
  async ask(statement: string): Promise<readonly unknown[]> {
    const rows = await this.sql.unsafe<Record<string, unknown>[]>(statement);
    return Array.from(rows, (row) => Object.values(row)[0]);
  }

  /**
   * Does something while a transaction of this statement is open, which is committed then.
   *
   * @param work is given how many others wait for a lock
   */
  async during<T>(
    statement: string,
    work: (waiting: () => Promise<number>) => Promise<T>,
  ): Promise<T> {
    let result: { readonly value: T } | undefined;
    await this.sql.begin(async (sql) => {
      await sql.unsafe(statement);
      const waiting = async () => (await sql`SELECT FROM pg_locks WHERE NOT granted`).count;
      result = { value: await work(waiting) };
    });
    if (result === undefined) throw new Error("the transaction did nothing");
    return result.value;
  }

  /** When the connections of stores last did something: a text for each instant. */
  async lastDeeds(): Promise<readonly string[]> {
    const found = await this.ask(
      `SELECT CAST(state_change AS TEXT) FROM pg_stat_activity
        WHERE application_name = 'retl-meta'`,
    );
    return found.map(String);
  }

  /** Cuts the connection that holds the lease of a sync. */
  async cut(schema: string, sync: string): Promise<void> {
    await this.ask(
      `SELECT pg_terminate_backend(k.pid, 5000) FROM pg_locks k, "${schema}".leases l
        WHERE l.sync = '${sync}' AND k.locktype = 'advisory' AND k.objsubid = 2
          AND k.classid = '"${schema}".leases'::regclass AND k.objid = l.lease_no::oid`,
    );
  }

  /** A store of one test. */
  readonly world = async (): Promise<SharedWorld> => {
    const schema = this.newSchema();
    const stores = [await this.opened(schema)];
    const [store] = stores;
    if (store === undefined) throw new Error("a world has a store");
    return {
      store,
      another: async () => {
        const one = await this.opened(schema);
        stores.push(one);
        return one;
      },
      cut: (sync) => this.cut(schema, sync),
      end: async () => {
        for (const one of stores) await one.close();
      },
    };
  };
}
