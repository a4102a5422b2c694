import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../e2e/cli.js";

const MAPPING = `
mapping: 1
surface: events
require: {any_of: [user_data.em]}
event:
  event_name: [event_name, payload.name]
  event_id: key.event_id
  event_time: occurred_at
  action_source: {value: email}
  user_data: {em: {identifier: email, normalize: lowercase, hash: sha256}}
  custom_data: {value: payload.total, currency: {value: EUR}, items: {each: payload.items, item: item.sku}}
examples:
  - given:
      event_name: Lead
      occurred_at: "2026-04-30T12:00:00Z"
      key: {event_id: e-1}
      identifiers: [{type: email, value: a@example.test}]
      payload: {name: Lead, coupon: SPRING}
    expect: {event_name: Lead}
`;

const SYNC = `
sync: orders
source: {file: orders.csv}
event:
  key: {event_id: id}
  event_name: {value: Lead}
  occurred_at: at
  identifiers: {email: {all: [mail, mail2]}}
  payload: {total: total, items: basket, coupon: coupon}
destination:
  mapping: ./events.yaml
  credential_namespace: destinations.meta
  config: {ad_account_id: act_1, pixel_id: "2", action_source: website}
`;

const RECORD = { event_name: "Lead", record_identity: "r-1", payload: { total: 3, colour: "red" } };

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), "retl-meta-coverage-"));
  await writeFile(path.join(cwd, "events.yaml"), MAPPING);
  await writeFile(path.join(cwd, "orders.sync.yaml"), SYNC);
  await writeFile(
    path.join(cwd, "orders.csv"),
    "id,at,mail,mail2,total,basket,coupon,channel\n1,2026-04-30T12:00:00Z,a@example.test,,3,,,web\n",
  );
});
afterAll(() => rm(cwd, { recursive: true }));

const check = (argv: readonly string[], stdin = "") => cli(["check", ...argv], { cwd, stdin });

describe("check --coverage", () => {
  it("says of a mapping where each field of its examples goes, those that go nowhere first", async () => {
    expect(await check(["--coverage", "events.yaml"])).toEqual({
      code: 0,
      stdout: `events.yaml: 6 fields in 1 example, 1 not mapped

FIELD              RECORDS  GOES TO
payload.coupon           1  – (not mapped)
payload.name             1  event_name (always behind another)
event_name               1  event_name
identifiers.email        1  user_data.em
key.event_id             1  event_id, identity
occurred_at              1  event_time

`,
      stderr: "events.yaml: well\n",
    });
  });

  it("says of a sync file where each column of its source goes", async () => {
    expect(await check(["--coverage", "orders.sync.yaml"])).toEqual({
      code: 0,
      stdout: `orders.sync.yaml: 8 columns, 1 not declared, 1 not mapped

COLUMN   DECLARED AS        GOES TO
channel  – (not declared)
coupon   payload.coupon     – (not mapped)
id       key.event_id       event_id, identity
at       occurred_at        event_time
mail     identifiers.email  user_data.em
mail2    identifiers.email  user_data.em
total    payload.total      custom_data.value
basket   payload.items      custom_data.items

`,
      stderr: "orders.sync.yaml: well\n",
    });
  });

  it("follows records of a file or of standard input instead", async () => {
    const lines = `${JSON.stringify(RECORD)}\nnot JSON\n`;
    const text = await check(["--coverage", "events.yaml", "--records", "-"], lines);
    expect(text.stdout)
      .toBe(`events.yaml: 3 fields in 1 record, 1 not mapped; 1 record could not be read

FIELD           RECORDS  GOES TO
payload.colour        1  – (not mapped)
event_name            1  event_name
payload.total         1  custom_data.value

`);
    const sync = await check(["--coverage", "orders.sync.yaml", "--records", "-"], lines);
    expect(sync.stdout).toBe(text.stdout.replace("events.yaml", "orders.sync.yaml"));
    const none = await check(["--coverage", "events.yaml", "--records", "-"]);
    expect(none.stdout).toBe("events.yaml: 0 fields in 0 records, 0 not mapped\n");
  });

  it("speaks JSON, a line for each file", async () => {
    const { stdout } = await check(["--coverage", "--json", "events.yaml", "orders.sync.yaml"]);
    const [examples, columns] = stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(examples).toMatchObject({ input: "examples", file: "events.yaml", records: 1 });
    expect(examples).toMatchObject({
      fields: expect.arrayContaining([
        { field: "payload.coupon", state: "unmapped", goes_to: [], records: 1 },
      ]),
    });
    expect(columns).toMatchObject({
      columns: expect.arrayContaining([
        {
          column: "mail",
          state: "mapped",
          declared_as: ["identifiers.email"],
          goes_to: ["user_data.em"],
        },
      ]),
    });
  });

  it("adds nothing to what is said of a broken file", async () => {
    await writeFile(path.join(cwd, "broken.yaml"), MAPPING.replace("value: email", "value: emial"));
    const broken = await check(["--coverage", "broken.yaml"]);
    expect(broken).toMatchObject({ code: 2 });
    expect(broken.stdout).not.toContain("FIELD");
    const missing = await check(["--coverage", "events.yaml", "--records", "none.ndjson"]);
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.stdout).toContain("`none.ndjson` cannot be read");
    await rm(path.join(cwd, "broken.yaml"));
  });

  it("takes records for one file only, and with --coverage only", async () => {
    const alone = await check(["events.yaml", "--records", "-"]);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain("--records goes with --coverage");
    const two = await check(["--coverage", "events.yaml", "orders.sync.yaml", "--records", "-"]);
    expect(two.code).toBe(2);
    expect(two.stderr).toContain("--records goes with one file");
  });
});
