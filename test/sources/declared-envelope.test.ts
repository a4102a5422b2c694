import { describe, expect, it } from "vitest";
import type { OccurredAt } from "../../src/config/sync-file.js";
import { sha256 } from "../../src/core/digest.js";
import type { Json } from "../../src/core/json.js";
import { declaredRows } from "../../src/sources/declared-rows.js";
import { all, event, of, rowsOver, state } from "./declarations.js";

describe("the envelope of a declared row", () => {
  it("names the row by its key, and by its target for State", () => {
    const rows = rowsOver(state({ key: { b: of("b"), a: of("a") }, target: of("t") }), [
      { a: 7, b: "x", t: 12 },
    ]);
    expect(rows.envelope()).toEqual({
      ok: true,
      value: {
        member: '{"a":7,"b":"x"}',
        identity: '{"key":{"a":7,"b":"x"},"target":"12"}',
        operation: "upsert",
        target: "12",
      },
    });
    expect(rowsOver(event(), [{ id: "1" }]).envelope()).toEqual({
      ok: true,
      value: { identity: '{"id":"1"}', operation: "import", target: "", member: undefined },
    });
  });

  it("tells who it is only where a mirror compares people", () => {
    const listed = rowsOver(state({ operation: "op" }), [{ id: "1", op: "upsert" }]).envelope();
    expect(listed).toMatchObject({ ok: true, value: { member: undefined } });
    expect(rowsOver(state({}), [{ id: "1" }]).envelope()).toMatchObject({
      value: { member: '{"id":"1"}' },
    });
  });

  it("shows no identifier and no e-mail address", () => {
    const digest = (identity: string) => `sha256:${sha256(identity).slice(0, 16)}`;
    const declaration = event({ identifiers: { external_id: of("id"), phone: all("phone") } });
    const rows = rowsOver(declaration, [{ id: "C1" }, { id: "x@example.test", phone: "1" }]);
    expect(rows.envelope(0)).toMatchObject({ value: { identity: digest('{"id":"C1"}') } });
    expect(rows.envelope(1)).toMatchObject({
      value: { identity: digest('{"id":"x@example.test"}') },
    });
    expect(rows.read("identity", 0)).toBe('{"id":"C1"}');
  });

  it("rejects a row without key by its number in the source", () => {
    const rows = rowsOver(state({ identifiers: { email: of("email") } }), [
      { id: "1" },
      { id: " ", email: "a@example.test" },
      {},
    ]);
    expect(rows.envelope(1)).toEqual({
      ok: false,
      error: {
        identity: "#18",
        code: "missing_identity",
        field: "key",
        message: "The row has no value in its key.",
      },
    });
    expect(rows.envelope(2)).toMatchObject({ error: { identity: "#19" } });
  });

  it("rejects a row without target, or with an unknown operation", () => {
    const rows = rowsOver(state({ target: of("t"), operation: "op" }), [
      { id: "1", t: " ", op: "upsert" },
      { id: "2", t: "VIP", op: "UPSERT " },
      { id: "3", t: "VIP", op: "delete" },
      { id: "4", t: "VIP" },
    ]);
    expect(rows.envelope(0)).toEqual({
      ok: false,
      error: {
        identity: '{"id":"1"}',
        code: "missing_target",
        field: "target",
        message: "The row names no target (an audience).",
      },
    });
    expect(rows.envelope(1)).toMatchObject({ ok: true, value: { operation: "upsert" } });
    expect(rows.envelope(2)).toEqual({
      ok: false,
      error: {
        identity: '{"key":{"id":"3"},"target":"VIP"}',
        code: "invalid_value",
        field: "operation",
        message: "The operation column holds neither `upsert` nor `remove`.",
      },
    });
    expect(rows.envelope(3)).toMatchObject({ ok: false, error: { code: "invalid_value" } });
  });

  it("rejects a row that could not be read", () => {
    const declared = declaredRows(state(), [{ name: "id", type: "JSON" }]);
    const batch = {
      columns: [[null]],
      rows: 1,
      firstRow: 3,
      faults: new Map([[0, "is not JSON"]]),
    };
    expect(declared.ok && declared.value.rows.envelope(batch, 0)).toEqual({
      ok: false,
      error: { identity: "#3", code: "invalid_record", field: "", message: "The row is not JSON." },
    });
  });
});

describe("occurred_at of a declared row", () => {
  const times = (occurredAt: OccurredAt, values: readonly Json[]) => {
    const rows = rowsOver(
      event({}, occurredAt),
      values.map((at) => ({ id: "1", at })),
    );
    return values.map((_, row) => rows.read("occurred_at", row));
  };

  it("is as it is when it carries its zone", () => {
    expect(
      times({ kind: "instant", from: of("at") }, ["2026-04-30T14:00:00+02:00", 1777550400, " "]),
    ).toEqual(["2026-04-30T14:00:00+02:00", 1777550400, undefined]);
  });

  it("is the wall clock of its zone", () => {
    expect(
      times({ kind: "zoned", from: of("at"), zone: "Europe/Berlin" }, [
        "2026-04-30T14:00:00",
        " 2026-01-30 14:00:00.250 ",
        "2026-04-30T14:00:00Z",
        "yesterday",
        null,
      ]),
    ).toEqual([
      "2026-04-30T12:00:00Z",
      "2026-01-30T13:00:00.250Z",
      "2026-04-30T14:00:00Z",
      "yesterday",
      undefined,
    ]);
  });

  it("is a number since 1970, in seconds or milliseconds", () => {
    expect(
      times({ kind: "epoch", from: of("at"), unit: "s" }, [1777550400, " 1777550400.5", "x", 9e15]),
    ).toEqual(["2026-04-30T12:00:00Z", "2026-04-30T12:00:00.500Z", "x", 9e15]);
    expect(
      times({ kind: "epoch", from: of("at"), unit: "ms" }, ["1777550400000", 1777550400001, 1e16]),
    ).toEqual(["2026-04-30T12:00:00Z", "2026-04-30T12:00:00.001Z", 1e16]);
  });
});
