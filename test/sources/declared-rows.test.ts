import { describe, expect, it } from "vitest";
import { declaredColumns, declaredRows } from "../../src/sources/declared-rows.js";
import { all, event, of, parsed, rowsOver, state, value } from "./declarations.js";
import { column } from "./sources.js";

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
          remedy: "Turn it into text in SQL, for example with `hex`, `encode` or a cast.",
          place: column("raw").place,
        },
        {
          code: "sync.unknown_column",
          severity: "error",
          message: "the source has no column `zzz`",
          remedy:
            'It has `id`, `name`, `at`, `email`, `raw`, `twice`, `twice`, `has"BLOB"inside`. A text that stands in no column is written `{value: …}`.',
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
    expect(remedy(many)).toMatch(/^It has `column_number_0`, .*`column_number_19`, and 5 more\. /);
    expect(remedy([])).toBe("It has no columns.");
  });
});

describe("a source that has none of the columns", () => {
  const declaration = event({ identifiers: { email: of("email") } });
  const told = (names: readonly string[]) => {
    const declared = declaredRows(
      declaration,
      names.map((name) => ({ name, type: "VARCHAR" })),
    );
    return declared.ok ? [] : declared.error.map(({ message, remedy }) => `${message}. ${remedy}`);
  };

  it("is told once, and nothing of its first row is shown, which may be a person's", () => {
    expect(told(["A-1", "ann@people.test", "030 5550123"])).toEqual([
      "the source has none of the columns that this file names. Is it the right one? Of a CSV file the first line must hold the names of its columns.",
    ]);
  });

  it("is told column by column where they differ in case only", () => {
    expect(told(["ID", "NAME", "AT", "EMAIL"])).toContain(
      "the source has no column `email`. Did you mean `EMAIL`?",
    );
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
