import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Diagnostic } from "../../src/core/diagnostic.js";
import type { OpenSource } from "../../src/sources/source.js";
import { SourceFailure } from "../../src/sources/source-failure.js";
import { loopbackPort } from "../postgres/loopback-port.js";
import { PASSWORD } from "../postgres/server.js";
import { postgresSource, startWarehouse, type Warehouse } from "./postgres.js";
import { failureOf, opened, problemsOf } from "./sources.js";

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await startWarehouse();
});

afterAll(() => warehouse.end());

function query(sql: string) {
  return postgresSource(warehouse.url, sql);
}

describe("a connection to Postgres", () => {
  it("ends when the source is closed, wherever reading is", async () => {
    const source = await opened(query("SELECT id FROM generate_series(1, 10000) AS id"));
    for await (const { firstRow } of source.batches(["id"])) if (firstRow > 1) break;
    expect(await warehouse.sessions()).toEqual(["idle in transaction"]);
    source.close();
    source.close();
    await warehouse.noSessions();
    expect((await failureOf(source))?.message).toBe(
      "the source broke off: the connection was lost",
    );
  });

  it("ends when the source is closed while the server is at work, which then stops", async () => {
    const source = await opened(query("SELECT 1 AS id, pg_sleep(20)"));
    const failure = failureOf(source);
    await vi.waitFor(async () => expect(await warehouse.sessions()).toEqual(["active"]));
    source.close();
    expect((await failure)?.message).toBe("the source broke off: the connection was lost");
    await warehouse.noSessions();
  });

  it("ends when the query is refused", async () => {
    await problemsOf(query("SELECT nothing"));
    await warehouse.noSessions();
  });

  it("that is lost between two fetches is no end of the source", async () => {
    const source = await opened(query("SELECT id FROM generate_series(1, 10000) AS id"));
    const failure = await failureAfterFirstBatch(source, async () => {
      await warehouse.endSessions();
      await warehouse.noSessions();
    });
    expect(failure).toMatchObject({
      code: "source.failed",
      message: "the source broke off: the connection was lost",
    });
  });

  it("that is lost during a fetch is no end of the source", async () => {
    const source = await opened(
      query("SELECT id, pg_sleep(0.02) FROM generate_series(1, 10000) AS id"),
    );
    const failure = await failureAfterFirstBatch(source, () => {
      void vi
        .waitFor(async () => expect(await warehouse.sessions()).toEqual(["active"]))
        .then(() => warehouse.endSessions());
      return Promise.resolve();
    });
    expect(failure?.code).toBe("source.failed");
    expect(failure?.message).toMatch(
      /^the source broke off: (terminating connection due to administrator command \(SQLSTATE 57P01\)|the connection was lost)$/,
    );
  });

  it("says why there is none, and nothing of its URL", async () => {
    const at = (change: (given: URL) => void) => {
      const changed = new URL(warehouse.url);
      change(changed);
      return changed.href;
    };
    const silent = createServer();
    onTestFinished(() => void silent.close());
    const port = String(await loopbackPort(silent));
    const cases = [
      [at((one) => (one.port = "1")), /nothing listens at its address \(ECONNREFUSED\)$/],
      [at((one) => (one.hostname = "no-such-host.invalid")), /\(E(NOTFOUND|AI_AGAIN)\)$/],
      [
        at((one) => (one.password = `${PASSWORD}-not`)),
        /refuses the user or the password \(28P01\)$/,
      ],
      [at((one) => (one.username = "no-such-user")), /refuses the user or the password \(28P01\)$/],
      [at((one) => (one.pathname = "/no-such-db")), /no database of this name \(3D000\)$/],
      [`${warehouse.url}?no_such_parameter=1`, /the connection fails \(42704\)$/],
      [`${warehouse.url}?sslmode=require`, /the connection fails( \([A-Z_]+\))?$/],
      [
        at((one) => (one.port = port)).concat("?connect_timeout=1"),
        /does not answer \(CONNECT_TIMEOUT\)$/,
      ],
      ["postgres://user:a%zz@localhost/db", /its URL cannot be read$/],
      ["postgres://user:a b@localhost/db", /what is in the variable .* cannot be a database URL/],
      ["mysql://user:secret@localhost/db", /what is in the variable .* cannot be a database URL/],
      [" ", /there is no database URL in the variable `WAREHOUSE_URL`$/],
    ] as const;
    for (const [wrong, reason] of cases) {
      const problems = await problemsOf(postgresSource(wrong, "SELECT 1"));
      expect(problems[0]?.message).toMatch(reason);
      expect(problems[0]?.message).toContain("the variable `WAREHOUSE_URL`");
      expect(JSON.stringify(problems)).not.toMatch(/no-such|planted|127\.0\.0\.1|localhost|secret/);
    }
  });
});

async function failureAfterFirstBatch(
  source: OpenSource,
  between: () => Promise<void>,
): Promise<Diagnostic | undefined> {
  try {
    for await (const { firstRow } of source.batches(["id"])) if (firstRow === 1) await between();
  } catch (error) {
    if (error instanceof SourceFailure) return error.diagnostic;
    throw error;
  }
  return undefined;
}
