import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";
import { runSql } from "../sources/sources.js";

const COLUMNS = "id,updated_at,paid_ms,mail,city,total,currency,email";

let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-checks-"));
  await writeFile(path.join(folder, "orders.csv"), `${COLUMNS}\n`);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Parts {
  readonly key?: string;
  readonly name?: string;
  readonly at?: string;
  readonly identifiers?: string;
  readonly payload?: string;
  readonly source?: string;
  readonly from?: string;
}

/** The codes that `check` gives to a sync with the shipped mapping, and its exit code. */
async function checked({
  key = "id",
  name = "{value: Lead}",
  at = "{column: paid_ms, unit: ms}",
  identifiers = "{email: mail}",
  payload = "{city: city}",
  source = "other",
  from = "{file: orders.csv}",
}: Parts): Promise<readonly [number, readonly string[]]> {
  files += 1;
  const file = path.join(folder, `${String(files)}.sync.yaml`);
  await writeFile(
    file,
    `sync: orders
source: ${from}
event:
  key: {event_id: ${key}}
  event_name: ${name}
  occurred_at: ${at}
  identifiers: ${identifiers}
  payload: ${payload}
destination:
  mapping: events
  config: {ad_account_id: act_1, pixel_id: "456", action_source: ${source}}
`,
  );
  const { code, stdout } = await cli(["check", file, "--format", "json"]);
  const codes = [...stdout.matchAll(/"code":"([a-z_.]+)"/g)].map((match) => match[1] ?? "");
  return [code, codes];
}

describe("check of a sync file", () => {
  it("says nothing where its mapping serves it well", async () => {
    expect(await checked({})).toEqual([0, []]);
  });

  it("knows the action source from its config", async () => {
    expect(await checked({ source: "website" })).toEqual([
      0,
      ["check.missing_for_action_source", "check.missing_for_action_source"],
    ]);
  });

  it("knows the name of its events, and which columns become custom data", async () => {
    const purchase = { name: "{value: Purchase}", payload: "{value: total}" };
    expect(await checked(purchase)).toEqual([2, ["check.required_custom_data"]]);
    expect(await checked({ ...purchase, payload: "{value: total, currency: currency}" })).toEqual([
      0,
      [],
    ]);
    expect(await checked({ payload: "{value: total}" })).toEqual([
      0,
      ["check.value_without_currency"],
    ]);
  });

  it("knows which identifiers there are", async () => {
    expect(await checked({ identifiers: "{}", payload: "{client_user_agent: city}" })).toEqual([
      2,
      expect.arrayContaining(["check.weak_user_data"]),
    ]);
  });

  it("knows which column is the event's id, and which one its time", async () => {
    expect(await checked({ key: "updated_at" })).toEqual([0, ["check.event_id_volatile"]]);
    expect(await checked({ at: "{column: paid_ms, unit: s}" })).toEqual([
      0,
      ["check.milliseconds"],
    ]);
  });

  it("knows which personal columns the rest of custom data would take along", async () => {
    expect(await checked({ payload: "{email: email}" })).toEqual([0, ["check.personal_data"]]);
  });

  it("knows the types of its columns, and which fields never take them", async () => {
    await runSql(path.join(folder, "shop.duckdb"), "CREATE TABLE empty AS SELECT 1 AS one");
    const sql = `SELECT 1 AS id, now() AS at, 'a@b.test' AS mail, true AS paid, now()::TIMESTAMP AS total`;
    const typed = {
      from: `{duckdb: shop.duckdb, sql: "${sql}"}`,
      at: "at",
      payload: "{value: paid, currency: mail, event_source_url: total, opt_out: total}",
    };
    expect(await checked(typed)).toEqual([2, ["sync.column_type", "sync.column_type"]]);
    expect(await checked({ ...typed, payload: "{opt_out: paid}" })).toEqual([0, []]);
  });

  it("reads the first rows of a file, whose cells may be fewer than its columns", async () => {
    await writeFile(path.join(folder, "ragged.csv"), `${COLUMNS}\n1,2,3,a@b.test,x,1,EUR,\n1,2\n`);
    expect(await checked({ from: "{file: ragged.csv}" })).toEqual([2, ["source.failed"]]);
  });
});

describe("check of a mapping and of the sync that names it", () => {
  const both = async (format: string, config = "ad_account_id: act_1, pixel_id: '1'") => {
    await writeFile(
      path.join(folder, "own.yaml"),
      "mapping: 1\nsurface: events\nevent: {user_data: {fbp: fbp}, custom_data: {curency: payload.c}}\n",
    );
    await writeFile(
      path.join(folder, "own.sync.yaml"),
      `sync: orders
source: {file: orders.csv}
event: {key: {event_id: id}, event_name: {value: Lead}, occurred_at: {column: paid_ms, unit: ms}}
destination: {mapping: ./own.yaml, config: {${config}}}
`,
    );
    const files = ["own.yaml", "own.sync.yaml"].map((file) => path.join(folder, file));
    const { code, stdout, stderr } = await cli(["check", ...files, "--format", format]);
    const told = `${stdout}${stderr}`.replaceAll(`${folder}/`, "");
    return { code, told };
  };

  it("tells each mistake once, and of each file how many it has", async () => {
    const { code, told } = await both(
      "text",
      "ad_account_id: act_1, pixel_id: '1', action_source: app",
    );
    expect(code).toBe(2);
    expect(told.match(/mapping\.not_a_path/g)).toHaveLength(1);
    expect(told.match(/mapping\.near_standard_field/g)).toHaveLength(1);
    expect(told).toContain("own.yaml: 1 error, 1 warning\n");
    expect(told).toContain("own.sync.yaml: 1 error, 1 warning, told above\n");
  });

  it("tells of the second what is new", async () => {
    const { told } = await both("text");
    expect(told).toContain("`destination.config.action_source` is missing");
    expect(told).toContain("own.sync.yaml: 2 errors, 1 warning, 2 of them told above\n");
  });

  it.each(["json", "github"])("does so in %s, too", async (format) => {
    const { code, told } = await both(format);
    expect(code).toBe(2);
    expect(told.match(/is not a path/g)).toHaveLength(1);
  });
});
