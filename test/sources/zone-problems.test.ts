import path from "node:path";
import { describe, expect, it } from "vitest";
import type { EventDeclaration, OccurredAt, StateDeclaration } from "../../src/config/sync-file.js";
import { zoneProblems } from "../../src/sources/zone-problems.js";
import { column, fileSource, folderWith, opened, PLACE } from "./sources.js";

function declared(occurredAt: OccurredAt): EventDeclaration {
  return {
    kind: "event",
    key: new Map([["event_id", { kind: "first", columns: [column("id")] }]]),
    identifiers: new Map(),
    identifierPlaces: new Map(),
    payload: new Map(),
    eventName: { kind: "constant", value: "Purchase" },
    occurredAt,
    maxAgeSeconds: undefined,
    onDoubt: "hold",
  };
}

const FROM = { kind: "first", columns: [column("at")] } as const;
const PLAIN = declared({ kind: "instant", from: FROM });

async function codes(declaration: EventDeclaration, select: string): Promise<readonly string[]> {
  const source = await opened({
    kind: "duckdb",
    database: ":memory:",
    sql: `SELECT 1 AS id, ${select} AS at`,
    place: PLACE,
  });
  return (await zoneProblems(declaration, source)).map(({ code }) => code);
}

describe("times without a zone", () => {
  it("are found by the column's type", async () => {
    expect(await codes(PLAIN, "TIMESTAMP '2026-04-30 12:00:00'")).toEqual([
      "sync.time_without_zone",
    ]);
    expect(await codes(PLAIN, "TIMESTAMP_NS '2026-04-30 12:00:00'")).toEqual([
      "sync.time_without_zone",
    ]);
    expect(await codes(PLAIN, "TIMESTAMPTZ '2026-04-30 12:00:00+00'")).toEqual([]);
    expect(await codes(PLAIN, "1777550400")).toEqual([]);
  });

  it("are found in text by its first 1,000 values", async () => {
    const good = "1,2026-04-30T12:00:00+02:00\n";
    const bad = "2,2026-04-30 12:00:00\n";
    const folder = await folderWith({
      "bad.csv": `id,at\n${good.repeat(999)}${bad}`,
      "late.csv": `id,at\n${good.repeat(1_000)}${bad}`,
      "bad.ndjson": '{"id":1,"at":"2026-04-30T12:00:00"}\n',
    });
    const found = async (name: string) =>
      zoneProblems(PLAIN, await opened(fileSource(path.join(folder, name))));
    expect(await found("bad.csv")).toEqual([
      {
        code: "sync.time_without_zone",
        severity: "error",
        message: "column `at` holds times without a zone",
        remedy: "Say whose clock they are of: `occurred_at: {column: at, zone: Europe/Berlin}`.",
        place: column("at").place,
      },
    ]);
    expect(await found("late.csv")).toEqual([]);
    expect((await found("bad.ndjson")).map(({ code }) => code)).toEqual(["sync.time_without_zone"]);
  });

  it("are welcome where a zone or a unit is declared", async () => {
    const zoned = declared({ kind: "zoned", from: FROM, zone: "Europe/Berlin" });
    expect(await codes(zoned, "TIMESTAMP '2026-04-30 12:00:00'")).toEqual([]);
    expect(await codes(declared({ kind: "epoch", from: FROM, unit: "s" }), "1777550400")).toEqual(
      [],
    );
  });

  it("differ from dates, which no zone helps", async () => {
    const zoned = declared({ kind: "zoned", from: FROM, zone: "Europe/Berlin" });
    expect(await codes(PLAIN, "DATE '2026-04-30'")).toEqual(["sync.date_without_time"]);
    expect(await codes(zoned, "DATE '2026-04-30'")).toEqual(["sync.date_without_time"]);
  });

  it("are of no concern to constants and to state", async () => {
    const constant = declared({
      kind: "instant",
      from: { kind: "constant", value: "2026-04-30T12:00:00Z" },
    });
    expect(await codes(constant, "DATE '2026-04-30'")).toEqual([]);
    const state: StateDeclaration = {
      kind: "state",
      key: PLAIN.key,
      identifiers: new Map(),
      identifierPlaces: new Map(),
      payload: new Map(),
      target: { kind: "constant", value: "VIP" },
      operations: {
        kind: "mirrored",
        mode: "mirror",
        guardPercent: 30,
        refreshAfterSeconds: undefined,
      },
    };
    const folder = await folderWith({ "a.csv": "id,at\n1,2026-04-30\n" });
    expect(await zoneProblems(state, await opened(fileSource(path.join(folder, "a.csv"))))).toEqual(
      [],
    );
  });
});
