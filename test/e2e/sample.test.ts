/** The main job on the sample data: what the emulator holds must be what SQL says over the same files. */
import type { DuckDBConnection } from "@duckdb/node-api";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openOracle } from "../../examples/oracle/open-oracle.js";
import { startEmulator, type RunningEmulator } from "../../src/emulator/http.js";
import { cli, type CliRun } from "./cli.js";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));
const NOW = "2026-04-30T12:00:00Z";

let emulator: RunningEmulator;
let oracle: DuckDBConnection;
let folder: string;
let audiences: CliRun;
let events: CliRun;

async function deliver(sync: string): Promise<CliRun> {
  const file = `${EXAMPLES}${sync}.sync.yaml`;
  return cli([
    "sync",
    file,
    "--emulator",
    emulator.url,
    "--now",
    NOW,
    "--max-rejects",
    "6%",
    "--store",
    path.join(folder, "state.duckdb"),
    "--json",
  ]);
}

async function rows(sql: string): Promise<readonly (readonly unknown[])[]> {
  const reader = await oracle.runAndReadAll(sql);
  return reader.getRowsJson();
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-sample-"));
  emulator = await startEmulator({
    clock: () => Date.parse(NOW),
    matching: "cell",
    keepEvents: 100_000,
  });
  oracle = await openOracle(`${EXAMPLES}data`);
  audiences = await deliver("vip_customers");
  events = await deliver("purchases");
});

afterAll(async () => {
  oracle.closeSync();
  await emulator.stop();
  await rm(folder, { recursive: true });
});

describe("the sample, delivered", () => {
  it("ends well and counts every row of the source once", () => {
    expect([audiences.code, events.code]).toEqual([0, 0]);
    expect(resultOf(audiences)).toMatchObject({
      status: "succeeded",
      records: { read: 6_000, acknowledged: 5_744, rejected: 256 },
      rejections: { missing: 166, missing_target: 90 },
      requests: { planned: 3, acknowledged: 3 },
    });
    expect(resultOf(events)).toMatchObject({
      status: "succeeded",
      records: { read: 12_607, acknowledged: 11_422, repeated: 165, rejected: 663, history: 357 },
      rejections: {
        invalid_time: 130,
        no_route: 491,
        repeated_identity: 21,
        too_weak: 21,
      },
    });
  });

  it("puts into each audience exactly the identifiers that the oracle computes", async () => {
    const wanted = await rows(
      "SELECT audience, column_name || '=' || value FROM audience_cells ORDER BY ALL",
    );
    const held = emulator
      .state()
      .audiences.flatMap(({ name, held: cells }) =>
        cells.map(({ identifier }) => [name, identifier]),
      );
    expect(sorted(held)).toEqual(sorted(wanted));
  });

  it("sends as many rows to each audience as the oracle counts, those that several people have included", async () => {
    const wanted = await rows(
      "SELECT audience, count(*)::INTEGER FROM audience_rows GROUP BY audience",
    );
    const sent = emulator.state().audiences.map(({ name, uploads }) => [name, uploads.rows]);
    expect(sorted(sent)).toEqual(sorted(wanted));
  });

  it("makes Meta hold exactly the events of the oracle, field by field", async () => {
    const wanted = await rows(`
      SELECT pixel_id, event_name, event_id, event_time::INTEGER, action_source, event_source_url,
        em, ph, external_id, fbc, fbp, client_ip_address, client_user_agent,
        value, currency, num_items::INTEGER, coupon, order_id
      FROM events_held`);
    const held = emulator
      .state()
      .pixels.flatMap(({ id, events: stored }) => stored.map((event) => eventRow(id, event)));
    expect(held).toHaveLength(11_422);
    expect(sorted(held)).toEqual(sorted(wanted.map((row) => row.map(blankAsNull))));
  });
});

const USER_DATA = [
  "em",
  "ph",
  "external_id",
  "fbc",
  "fbp",
  "client_ip_address",
  "client_user_agent",
];
const CUSTOM_DATA = ["value", "currency", "num_items", "coupon", "order_id"];

function eventRow(pixel: string, event: object): readonly unknown[] {
  const top: Readonly<Record<string, unknown>> = { ...event };
  const inside = (name: string): Readonly<Record<string, unknown>> => {
    const value = top[name];
    return typeof value === "object" ? { ...value } : {};
  };
  return [
    pixel,
    ...["event_name", "event_id", "event_time", "action_source", "event_source_url"].map(
      (name) => top[name],
    ),
    ...USER_DATA.map((name) => inside("user_data")[name]),
    ...CUSTOM_DATA.map((name) => inside("custom_data")[name]),
  ].map(blankAsNull);
}

function blankAsNull(value: unknown): unknown {
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
}

function sorted(list: readonly unknown[]): readonly string[] {
  return list.map((row) => JSON.stringify(row)).sort();
}

function resultOf({ stdout }: CliRun): unknown {
  const parsed: unknown = JSON.parse(stdout);
  return parsed;
}
