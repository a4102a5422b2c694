import { describe, expect, it } from "vitest";
import type {
  ColumnExpression,
  Declaration,
  EventDeclaration,
  OccurredAt,
  StateDeclaration,
} from "../../src/config/sync-file.js";
import { sha256 } from "../../src/core/digest.js";
import type { Json } from "../../src/core/json.js";
import type { Path, PathRoot } from "../../src/mapping/shape.js";
import { declaredColumns, declaredRows } from "../../src/sources/declared-rows.js";
import type { ColumnBatch } from "../../src/sources/source.js";
import { column } from "./sources.js";

type Expressions = Readonly<Record<string, ColumnExpression>>;

const of = (...names: readonly string[]): ColumnExpression => ({
  kind: "first",
  columns: names.map(column),
});
const all = (...names: readonly string[]): ColumnExpression => ({
  kind: "all",
  columns: names.map(column),
});
const value = (constant: Json): ColumnExpression => ({ kind: "constant", value: constant });

interface Parts {
  readonly key?: Expressions;
  readonly identifiers?: Expressions;
  readonly payload?: Expressions;
}

function parts({ key = { id: of("id") }, identifiers = {}, payload = {} }: Parts) {
  return {
    key: new Map(Object.entries(key)),
    identifiers: new Map(Object.entries(identifiers)),
    payload: new Map(Object.entries(payload)),
  };
}

function state(
  given: Parts & { readonly target?: ColumnExpression; readonly operation?: string } = {},
): StateDeclaration {
  return {
    kind: "state",
    ...parts(given),
    target: given.target ?? value("VIP"),
    operationColumn: given.operation === undefined ? undefined : column(given.operation),
  };
}

function event(given: Parts = {}, occurredAt?: OccurredAt): EventDeclaration {
  return {
    kind: "event",
    ...parts(given),
    eventName: of("name"),
    occurredAt: occurredAt ?? { kind: "instant", from: of("at") },
    maxAgeSeconds: undefined,
  };
}

/** Rows with the columns that the declaration reads, in its order. */
function rowsOver(declaration: Declaration, rows: readonly Readonly<Record<string, Json>>[]) {
  const names = declaredColumns(declaration);
  const declared = declaredRows(
    declaration,
    names.map((name) => ({ name, type: "VARCHAR" })),
  );
  if (!declared.ok) throw new Error(JSON.stringify(declared.error));
  expect(declared.value.wanted).toEqual(names);
  const batch: ColumnBatch = {
    columns: names.map((name) => rows.map((row) => row[name] ?? null)),
    rows: rows.length,
    firstRow: 17,
  };
  const { shape, envelope } = declared.value.rows;
  return {
    shape,
    batch,
    read: (path: string, row = 0) => shape.path(parsed(path))(batch, row),
    identifiers: (type: string, row = 0) => shape.identifiers(type)?.(batch, row),
    envelope: (row = 0) => envelope(batch, row),
  };
}

function parsed(text: string): Path {
  const [root = "", ...rest] = text.split(".");
  const roots: readonly PathRoot[] = [
    "payload",
    "key",
    "event_name",
    "event_type",
    "occurred_at",
    "identity",
    "operation",
    "target",
  ];
  const known = roots.find((one) => one === root);
  if (known === undefined) throw new Error(text);
  return { root: known, parts: rest, text };
}

describe("the columns of a declaration", () => {
  it("are those it reads, each once, in the order of their first use", () => {
    expect(
      declaredColumns(
        state({
          key: { id: of("id", "old_id") },
          target: of("audience"),
          operation: "op",
          identifiers: { email: all("email", "work_email"), external_id: of("id") },
          payload: { city: of("city"), source: value("crm") },
        }),
      ),
    ).toEqual(["id", "old_id", "audience", "op", "email", "work_email", "city"]);
    expect(declaredColumns(event())).toEqual(["id", "name", "at"]);
  });

  it("must be in the source, once and as text, which is said of all of them at once", () => {
    const declaration = event({
      identifiers: { email: all("emial", "raw"), phone: of("zzz") },
      payload: { a: of("twice"), b: of('has"BLOB"inside') },
    });
    const declared = declaredRows(declaration, [
      { name: "id", type: "BIGINT" },
      { name: "name", type: "VARCHAR" },
      { name: "at", type: "TIMESTAMP" },
      { name: "email", type: "VARCHAR" },
      { name: "raw", type: "STRUCT(x BLOB)[]" },
      { name: "twice", type: "VARCHAR" },
      { name: "twice", type: "VARCHAR" },
      { name: 'has"BLOB"inside', type: 'STRUCT("BLOB" INTEGER)' },
    ]);
    expect(declared).toEqual({
      ok: false,
      error: [
        {
          code: "sync.unknown_column",
          severity: "error",
          message: "the source has no column `emial`",
          remedy: "Did you mean `email`?",
          place: column("emial").place,
        },
        {
          code: "sync.binary_column",
          severity: "error",
          message: "column `raw` holds binary data (STRUCT(x BLOB)[]), which records cannot carry",
          remedy: "Turn it into text in SQL, for example with `hex` or a cast.",
          place: column("raw").place,
        },
        {
          code: "sync.unknown_column",
          severity: "error",
          message: "the source has no column `zzz`",
          remedy: 'It has `id`, `name`, `at`, `email`, `raw`, `twice`, `twice`, `has"BLOB"inside`.',
          place: column("zzz").place,
        },
        {
          code: "sync.ambiguous_column",
          severity: "error",
          message: "the source has more than one column `twice`",
          remedy: "Give each a name of its own, in SQL with `AS`.",
          place: column("twice").place,
        },
      ],
    });
  });

  it("are listed up to twenty, and a source without any says so", () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      name: `column_number_${index}`,
      type: "VARCHAR",
    }));
    const remedy = (columns: typeof many) => {
      const declared = declaredRows(state(), columns);
      return declared.ok ? "" : declared.error[0]?.remedy;
    };
    expect(remedy(many)).toMatch(/^It has `column_number_0`, .*`column_number_19`, and 5 more\.$/);
    expect(remedy([])).toBe("It has no columns.");
  });
});

describe("a path into a declared row", () => {
  it("reads columns, the first that is not blank, all that are not, and constants", () => {
    const rows = rowsOver(
      state({
        payload: {
          plain: of("a"),
          first: of("blank", "b", "a"),
          every: all("a", "blank", "list"),
          fixed: value({ x: 1 }),
          nothing: all("blank"),
        },
      }),
      [{ id: "1", a: " A ", b: 7, blank: "  ", list: ["x", "", null, "y"] }],
    );
    expect(rows.read("payload.plain")).toBe(" A ");
    expect(rows.read("payload.first")).toBe(7);
    expect(rows.read("payload.every")).toEqual([" A ", "x", "y"]);
    expect(rows.read("payload.fixed.x")).toBe(1);
    expect(rows.read("payload.nothing")).toBeUndefined();
    expect(rows.read("payload.unknown")).toBeUndefined();
    expect(rows.read("payload.unknown.deeper")).toBeUndefined();
    expect(rows.read("payload")).toEqual({
      plain: " A ",
      first: 7,
      every: [" A ", "x", "y"],
      fixed: { x: 1 },
    });
    expect(rows.read("key")).toEqual({ id: "1" });
    expect(rows.read("key.id")).toBe("1");
    expect(rows.shape.names(parsed("payload"))).toEqual([
      "plain",
      "first",
      "every",
      "fixed",
      "nothing",
    ]);
    expect(rows.shape.names(parsed("key"))).toEqual(["id"]);
    expect(rows.shape.names(parsed("payload.fixed"))).toBeUndefined();
    expect(rows.shape.names(parsed("target"))).toBeUndefined();
  });

  it("goes into values, and into JSON text, row by row", () => {
    const rows = rowsOver(state({ payload: { items: of("items") } }), [
      { id: "1", items: '[{"sku":"A","ean":12345678901234567890}]' },
      { id: "2", items: [{ sku: "B" }] },
      { id: "3", items: '[{"sku":' },
      { id: "4", items: "plain" },
      { id: "5" },
      { id: "6", items: ' [{"sku":"A"}]' },
    ]);
    const read = (path: string) => rows.batch.columns[0]?.map((_, row) => rows.read(path, row));
    expect(read("payload.items.0.sku")).toEqual(["A", "B", undefined, undefined, undefined, "A"]);
    expect(rows.read("payload.items.0.ean")).toBe("12345678901234567890");
    expect(rows.read("payload.items")).toBe('[{"sku":"A","ean":12345678901234567890}]');
    expect(rows.read("payload.items.0.sku", 0)).toBe("A");
  });

  it("reads what the row is and where it belongs", () => {
    const row = { id: "1", audience: "  VIP ", op: " Remove ", name: "Purchase", at: "2026" };
    const rows = rowsOver(state({ target: of("audience"), operation: "op" }), [row]);
    expect(rows.read("target")).toBe("VIP");
    expect(rows.read("operation")).toBe("remove");
    expect(rows.read("identity")).toBe('{"key":{"id":"1"},"target":"VIP"}');
    expect(rows.read("event_name")).toBeUndefined();
    expect(rows.read("occurred_at")).toBeUndefined();
    const events = rowsOver(event(), [row]);
    expect(events.read("target")).toBeUndefined();
    expect(events.read("operation")).toBe("import");
    expect(events.read("identity")).toBe('{"id":"1"}');
    expect(events.read("event_name")).toBe("Purchase");
    expect(events.read("event_type")).toBeUndefined();
    expect(events.read("occurred_at")).toBe("2026");
  });
});

describe("the identifiers of a declared row", () => {
  it("are one, or all; the elements of a list are identifiers too; blanks are none", () => {
    const rows = rowsOver(
      state({
        identifiers: {
          email: all("email", "work_email"),
          phone: of("mobile", "phone"),
          external_id: of("ids"),
          fixed: value("X"),
          fixed_list: value(["X", "", "Y"]),
        },
      }),
      [
        {
          id: "1",
          email: "a@example.test",
          work_email: ["b@example.test", " ", null],
          ids: [1, 2],
        },
        { id: "2", email: " ", mobile: "", phone: "030", ids: [] },
        { id: "3", mobile: [""], phone: "031" },
      ],
    );
    expect(rows.identifiers("email")).toEqual(["a@example.test", "b@example.test"]);
    expect(rows.identifiers("email", 1)).toEqual([]);
    expect(rows.identifiers("phone")).toEqual([]);
    expect(rows.identifiers("phone", 1)).toEqual(["030"]);
    expect(rows.identifiers("phone", 2)).toEqual(["031"]);
    expect(rows.identifiers("external_id")).toEqual([1, 2]);
    expect(rows.identifiers("external_id", 1)).toEqual([]);
    expect(rows.identifiers("fixed")).toEqual(["X"]);
    expect(rows.identifiers("fixed_list")).toEqual(["X", "Y"]);
    expect(rows.shape.identifiers("unknown")).toBeUndefined();
  });
});

describe("the envelope of a declared row", () => {
  it("names the row by its key, and by its target for State", () => {
    const rows = rowsOver(state({ key: { b: of("b"), a: of("a") }, target: of("t") }), [
      { a: 7, b: "x", t: 12 },
    ]);
    expect(rows.envelope()).toEqual({
      ok: true,
      value: {
        identity: '{"key":{"a":7,"b":"x"},"target":"12"}',
        operation: "upsert",
        target: "12",
      },
    });
    expect(rowsOver(event(), [{ id: "1" }]).envelope()).toEqual({
      ok: true,
      value: { identity: '{"id":"1"}', operation: "import", target: "" },
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
