/** The main job with a Postgres database as its source. */
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";
import { PASSWORD } from "../postgres/server.js";
import { startWarehouse, type Warehouse } from "../sources/postgres.js";

let warehouse: Warehouse;
let folder: string;

const SYNC = `sync: purchases
source:
  postgres: env:WAREHOUSE_URL
  sql: SELECT * FROM orders ORDER BY id
event:
  key: {event_id: id}
  event_name: {value: Purchase}
  occurred_at: paid_at
  identifiers: {email: emails, external_id: customer}
  payload: {value: total, currency: currency}
destination:
  mapping: events
  config: {ad_account_id: act_1, pixel_id: "456", action_source: website}
`;

beforeAll(async () => {
  warehouse = await startWarehouse(
    `CREATE TABLE orders AS SELECT i AS id, 9007199254740993 + i AS customer,
      ARRAY['a' || i || '@example.test', NULL, 'b' || i || '@example.test'] AS emails,
      12.50::numeric(10, 2) AS total, 'EUR' AS currency,
      timestamptz '2026-04-30 13:00:00+02' AS paid_at, timestamp '2026-04-30 13:00' AS wall,
      '\\x00'::bytea AS raw
      FROM generate_series(1, 5000) i`,
    "CREATE FUNCTION broken(i int) RETURNS int LANGUAGE sql AS $$ SELECT CASE WHEN i > 4000 THEN ('buyer' || i)::int ELSE i END $$",
  );
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-warehouse-"));
});

afterAll(async () => {
  await warehouse.end();
  await rm(folder, { recursive: true });
});

type Replacement = readonly [old: string, fresh: string];

/** Runs a command on the sync file, with a piece of it replaced. */
async function run(
  argv: readonly string[],
  [old, fresh]: Replacement = ["", ""],
  env?: Record<string, string>,
) {
  await writeFile(path.join(folder, "orders.yaml"), SYNC.replace(old, fresh));
  const [command = "", ...options] = argv;
  const result = await cli([command, "orders.yaml", ...options], {
    cwd: folder,
    env: env ?? { WAREHOUSE_URL: warehouse.url },
  });
  expect(`${result.stdout}${result.stderr}`).not.toContain(PASSWORD);
  await warehouse.noSessions();
  return result;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

describe("a sync from Postgres", () => {
  it("is checked against the columns of its query", async () => {
    const { code, stderr } = await run(["check"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("orders.yaml: 2 warnings\n")]);
    expect((await run(["check"], ["value: total", "value: totl"])).stdout).toContain(
      `orders.yaml:10:20 error: the source has no column \`totl\` (sync.unknown_column)
  10 |   payload: {value: totl, currency: currency}
     |                    ^^^^
  Did you mean \`total\`?
`,
    );
    expect((await run(["check"], ["currency: currency", "currency: raw"])).stdout).toContain(
      "column `raw` holds binary data (BYTEA), which records cannot carry (sync.binary_column)",
    );
  });

  it("is told that its times need a zone, by their type", async () => {
    const without = await run(["check"], ["occurred_at: paid_at", "occurred_at: wall"]);
    expect(without.code).toBe(2);
    expect(without.stdout).toContain("column `wall` holds times without a zone");
    const zone = "occurred_at: {column: wall, zone: Europe/Berlin}";
    expect((await run(["check"], ["occurred_at: paid_at", zone])).code).toBe(0);
  });

  it("plans records whose values kept every digit, and whose lists are several identifiers", async () => {
    const { code, stdout } = await run(["plan", "--emulator", "--json"]);
    expect(code).toBe(0);
    const requests = stdout.trimEnd().split("\n");
    expect(requests).toHaveLength(5);
    expect(JSON.parse(requests[0] ?? "")).toMatchObject({
      record_count: 1_000,
      body: {
        data: expect.arrayContaining([
          expect.objectContaining({
            event_id: "1",
            event_time: 1777546800,
            custom_data: { value: 12.5, currency: "EUR" },
            user_data: expect.objectContaining({
              em: ["a1@example.test", "b1@example.test"].map(sha256),
              external_id: [sha256("9007199254740994")],
            }),
          }),
        ]),
      },
    });
  });

  it("is delivered", async () => {
    const { code, stdout } = await run(["sync", "--emulator"]);
    expect(code).toBe(0);
    expect(stdout).toContain("5,000 records read, 5,000 acknowledged.");
  });

  it("fails when the source breaks off, and says what was read by then", async () => {
    const { code, stdout, stderr } = await run(
      ["sync", "--emulator"],
      ["SELECT * FROM", "SELECT *, broken(id) FROM"],
    );
    expect(code).toBe(2);
    expect(stdout).not.toContain("5,000 records read");
    expect(stderr).toContain(
      "the source broke off: invalid input syntax for type integer: '…' (SQLSTATE 22P02)",
    );
    expect(stderr).not.toContain("buyer");
  });

  it("finds its URL in the file of --env-file, and says when there is none", async () => {
    await writeFile(path.join(folder, "warehouse.env"), `WAREHOUSE_URL=${warehouse.url}\n`);
    expect((await run(["check", "--env-file", "warehouse.env"], undefined, {})).code).toBe(0);
    expect((await run(["check"], undefined, {})).stdout).toContain(
      `orders.yaml:3:13 error: there is no database URL in the variable \`WAREHOUSE_URL\` (config.missing_database_url)
  3 |   postgres: env:WAREHOUSE_URL
    |             ^^^^^^^^^^^^^^^^^
  Set it, in the environment or in the file of \`--env-file\`.
`,
    );
  });

  it("never shows a URL that stands in the file itself", async () => {
    for (const key of ["postgres", "postgre"]) {
      const replaced: Replacement = ["postgres: env:WAREHOUSE_URL", `${key}: ${warehouse.url}`];
      const { code, stdout } = await run(["check"], replaced);
      expect([code, stdout]).toEqual([2, expect.stringContaining("config.")]);
    }
  });
});
