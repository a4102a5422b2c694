import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runStatements, startPostgres, type PostgresServer } from "./server.js";

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(() => server.stop());

describe("the PostgreSQL of the tests", () => {
  it("gives databases that know nothing of each other", async () => {
    const [one, other] = [await server.freshDatabase(), await server.freshDatabase()];
    await runStatements(one, "CREATE TABLE t (id int)");
    await runStatements(other, "CREATE TABLE t (id int)");
    expect(one).not.toBe(other);
  });

  it("asks for the password, so that a wrong one is refused", async () => {
    const sql = postgres(server.url.replace(/:[^:@]+@/, ":wrong@"), { max: 1 });
    await expect(sql`SELECT 1`).rejects.toMatchObject({ code: "28P01" });
  });
});
