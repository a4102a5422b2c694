import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ConfigSources } from "../../src/config/config-sources.js";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { resolveBinding } from "../../src/config/resolve-binding.js";
import { surfaceOf, type ColumnExpression, type Declaration } from "../../src/config/sync-file.js";
import { fail } from "../../src/core/result.js";
import { NO_SOURCES } from "./bindings.js";
import { toldBy, valueOf } from "./told.js";

const STATE = `sync: vip_customers
source: {file: data/customers.csv}
state:
  key: {customer_id: customer_id}
  target: {value: VIP customers}
  identifiers: {email: {all: [email, work_email]}, phone: phone}
  payload: {}
destination:
  mapping: custom_audiences.meta
  credential_namespace: destinations.meta
  config_namespace: destinations.meta
`;
const EVENT = `sync: purchases
source: {file: data/orders.csv}
event:
  key: {event_id: order_id}
  event_name: {value: Purchase}
  occurred_at: {column: paid_at, zone: Europe/Berlin}
  identifiers: {email: email, external_id: customer_id}
  payload: {value: total, currency: currency, event_source_url: [url, landing_url]}
destination:
  mapping: events.meta
  config: {ad_account_id: act_123, pixel_id: "456", action_source: website}
  credential_namespace: destinations.meta
`;

function read(text: string) {
  return valueOf(readSyncFile(text, "a.sync.yaml", "/project"), text);
}

/** Expressions in short, without their places: `a|b`, `all(a, b)`, `= 1`. */
function short(expression: ColumnExpression): string {
  if (expression.kind === "constant") return `= ${JSON.stringify(expression.value)}`;
  const names = expression.columns.map(({ name }) => name);
  return expression.kind === "all" ? `all(${names.join(", ")})` : names.join("|");
}

function shortly(named: ReadonlyMap<string, ColumnExpression>): Record<string, string> {
  return Object.fromEntries([...named].map(([name, one]) => [name, short(one)]));
}

function eventOf(occurredAt: string, more = "") {
  const text = EVENT.replace("{column: paid_at, zone: Europe/Berlin}", `${occurredAt}${more}`);
  const { declaration } = read(text);
  if (declaration.kind !== "event") throw new Error("no event");
  return declaration;
}

describe("a sync file", () => {
  it("declares a State", () => {
    const { name, source, declaration, binding } = read(STATE);
    expect(name).toBe("vip_customers");
    expect(source).toMatchObject({ kind: "file", pattern: "/project/data/customers.csv" });
    expect(declaration).toMatchObject({
      kind: "state",
      operations: { kind: "mirrored", mode: "mirror", guardPercent: 30 },
    });
    expect(surfaceOf(declaration)).toBe("custom_audiences");
    expect(shortly(declaration.key)).toEqual({ customer_id: "customer_id" });
    expect(shortly(declaration.identifiers)).toEqual({
      email: "all(email, work_email)",
      phone: "phone",
    });
    expect(shortly(declaration.payload)).toEqual({});
    expect(target(declaration)).toBe('= "VIP customers"');
    const sources = { env: { DESTINATIONS__META__AD_ACCOUNT_ID: "7" }, toml: undefined };
    expect(valueOf(resolveBinding(binding, "custom_audiences", sources))).toMatchObject({
      bindingName: "vip_customers",
      mapping: { kind: "shipped", name: "custom_audiences.meta" },
      config: { adAccountId: "7" },
    });
  });

  it("declares an Event", () => {
    const { declaration, binding } = read(EVENT);
    expect(surfaceOf(declaration)).toBe("events");
    expect(shortly(declaration.payload)).toEqual({
      value: "total",
      currency: "currency",
      event_source_url: "url|landing_url",
    });
    expect(declaration).toMatchObject({
      kind: "event",
      eventName: { kind: "constant", value: "Purchase" },
      occurredAt: { kind: "zoned", zone: "Europe/Berlin" },
      maxAgeSeconds: undefined,
    });
    expect(valueOf(resolveBinding(binding, "events", NO_SOURCES)).config.pixelId).toBe("456");
  });

  it.each([
    ["paid_at", { kind: "instant" }],
    ["[paid_at, created_at]", { kind: "instant" }],
    ["{column: paid_at}", { kind: "instant" }],
    ["{column: [paid_at, created_at], zone: utc}", { kind: "zoned", zone: "utc" }],
    ["{column: paid_at, unit: s}", { kind: "epoch", unit: "s" }],
    ["{column: paid_at, unit: ms}", { kind: "epoch", unit: "ms" }],
  ])("reads the time %s", (text, expected) => {
    const { occurredAt } = eventOf(text);
    expect(occurredAt).toMatchObject(expected);
    expect(short(occurredAt.from)).toBe(
      text.includes("created_at") ? "paid_at|created_at" : "paid_at",
    );
  });

  it("reads a constant time", () => {
    const { occurredAt } = eventOf('{value: "2026-04-30T12:00:00Z"}');
    expect(occurredAt).toEqual({
      kind: "instant",
      from: { kind: "constant", value: "2026-04-30T12:00:00Z" },
    });
  });

  it.each([
    ["46h", 165_600],
    ["5d", 432_000],
    ["90 m", 5400],
    ["30s", 30],
  ])("reads a `max_age` of %s", (text, seconds) => {
    expect(eventOf("paid_at", `\n  max_age: ${text}`).maxAgeSeconds).toBe(seconds);
  });

  it.each([
    ["", "hold"],
    ["\n  on_doubt: hold", "hold"],
    ["\n  on_doubt: resend", "resend"],
  ])("reads %o as what to do with an event in doubt", (line, onDoubt) => {
    expect(eventOf("paid_at", line).onDoubt).toBe(onDoubt);
  });

  it("takes the operations from a column", () => {
    const { declaration } = read(STATE.replace("payload: {}", "operation_column: op"));
    expect(declaration).toMatchObject({ operations: { kind: "listed", column: { name: "op" } } });
  });

  it.each([
    ["operations: [upsert]", { mode: "add", guardPercent: 30 }],
    ["operations: [remove, upsert]", { mode: "mirror", guardPercent: 30 }],
    ["removal_guard: 12.5%", { mode: "mirror", guardPercent: 12.5 }],
    ["removal_guard: 0%", { mode: "mirror", guardPercent: 0 }],
    ["removal_guard: off", { mode: "mirror", guardPercent: undefined }],
    ["mode: mirror", { mode: "mirror" }],
    ["mode: replace", { mode: "replace", guardPercent: 30 }],
    ["refresh_after: 30d", { mode: "mirror", refreshAfterSeconds: 2_592_000 }],
  ])("reads %o as what a mirror may do", (line, operations) => {
    const { declaration } = read(STATE.replace("payload: {}", line));
    expect(declaration).toMatchObject({ operations: { kind: "mirrored", ...operations } });
  });

  it("knows the place of every column", () => {
    const { declaration } = read(STATE);
    const email = declaration.identifiers.get("email");
    const work = email?.kind === "all" ? email.columns[1] : undefined;
    const start = STATE.indexOf("work_email");
    expect(work).toEqual({
      name: "work_email",
      place: { kind: "text", file: "a.sync.yaml", span: { start, end: start + 10 } },
    });
  });

  it("keeps the name of a column as it is, and any constant", () => {
    const text = STATE.replace("payload: {}", 'payload: {a: " A b ", c: {value: [1, {d: 2}]}}');
    const { declaration } = read(text);
    expect(shortly(declaration.payload)).toEqual({ a: " A b ", c: '= [1,{"d":2}]' });
  });

  it.each([
    ["data/*.parquet", "/project/data/*.parquet"],
    ["../x.csv.gz", "/x.csv.gz"],
    ["/data/**/*.ndjson", "/data/**/*.ndjson"],
  ])("resolves the file %s from its own directory", (pattern, absolute) => {
    const { source } = read(STATE.replace("data/customers.csv", `"${pattern}"`));
    expect(source).toMatchObject({ kind: "file", pattern: absolute });
  });

  it.each([
    ["shop.duckdb", "/project/shop.duckdb"],
    [":memory:", ":memory:"],
  ])("reads SQL from the database %s", (database, absolute) => {
    const source = `{duckdb: "${database}", sql: "select 1"}`;
    const text = STATE.replace("{file: data/customers.csv}", source);
    const start = text.indexOf('"select 1"');
    expect(read(text).source).toEqual({
      kind: "duckdb",
      database: absolute,
      sql: "select 1",
      place: { kind: "text", file: "a.sync.yaml", span: { start, end: start + 10 } },
    });
  });

  it.each([
    ["", 600],
    [", statement_timeout: 90s", 90],
  ])("reads SQL from a Postgres database that a variable names%s", (more, seconds) => {
    const source = `{postgres: env:WAREHOUSE_URL, sql: "select 1"${more}}`;
    const text = STATE.replace("{file: data/customers.csv}", source);
    const start = text.indexOf('"select 1"');
    const { url, ...read } = postgresSourceOf(text, { WAREHOUSE_URL: DATABASE_URL });
    expect(read).toEqual({
      kind: "postgres",
      sql: "select 1",
      statementTimeoutSeconds: seconds,
      place: { kind: "text", file: "a.sync.yaml", span: { start, end: start + 10 } },
    });
    expect([url.liveSecrets(), String(url)]).toEqual([[], "[redacted]"]);
    expect(url.resolve()).toEqual({ ok: true, value: DATABASE_URL });
  });

  it.each([
    [
      undefined,
      "missing_database_url: there is no database URL in the variable `WAREHOUSE_URL`. Set it, in the environment or in the file of `--env-file`.",
    ],
    [
      "planted-url",
      "invalid_database_url: what is in the variable `WAREHOUSE_URL` cannot be a database URL. Write `postgres://user:password@host:5432/database`, without quotes.",
    ],
  ])("names a database whose URL is looked up later, and may be wrong: %s", (value, told) => {
    const source = "{postgres: env:WAREHOUSE_URL, sql: select 1}";
    const text = STATE.replace("{file: data/customers.csv}", source);
    const resolved = postgresSourceOf(text, { WAREHOUSE_URL: value }).url.resolve();
    expect(toldBy(resolved.ok ? resolved : fail([resolved.error]), text)).toEqual([
      `a.sync.yaml:2:20 config.${told}`,
    ]);
  });

  it("may do without identifiers and payload, and finds its mapping beside itself", () => {
    const text = STATE.replace(/ {2}(identifiers|payload).*\n/g, "").replace(
      "custom_audiences.meta",
      "./mine.yaml",
    );
    const { declaration, binding } = read(text);
    expect([declaration.identifiers.size, declaration.payload.size]).toEqual([0, 0]);
    const sources = { env: { DESTINATIONS__META__AD_ACCOUNT_ID: "7" }, toml: undefined };
    const resolved = valueOf(resolveBinding(binding, "custom_audiences", sources));
    expect(resolved.mapping).toMatchObject({ kind: "file", path: "/project/mine.yaml" });
  });

  it.each(["vip_customers", "purchases"])("of the examples can be read: %s", async (name) => {
    const directory = path.resolve("examples");
    const file = path.join(directory, `${name}.sync.yaml`);
    const text = await readFile(file, "utf8");
    const sync = valueOf(readSyncFile(text, file, directory), text);
    const surface = surfaceOf(sync.declaration);
    expect(valueOf(resolveBinding(sync.binding, surface, NO_SOURCES)).bindingName).toBe(name);
  });
});

const DATABASE_URL = "postgres://reader:planted-1@db.example.test/shop";

function postgresSourceOf(text: string, env: ConfigSources["env"]) {
  const { source } = valueOf(
    readSyncFile(text, "a.sync.yaml", "/project", { env, toml: undefined }),
  );
  if (source.kind !== "postgres") throw new Error(source.kind);
  return source;
}

function target(declaration: Declaration): string {
  return declaration.kind === "state" ? short(declaration.target) : "";
}
