import { describe, expect, it } from "vitest";
import type { Json } from "../../src/core/json.js";
import { eventMapping, eventOf, faultOf, render } from "./render.js";

/** One field of an event from `payload.x`. */
function field(name: string, x: Json): Json {
  return eventOf(`${name}: payload.x`, { payload: { x } });
}

function custom(name: string, x: Json): Json {
  return eventOf(`custom_data: {${name}: payload.x}`, { payload: { x } });
}

function fault(name: string, x: Json): string {
  return faultOf(`custom_data: {${name}: payload.x}`, { payload: { x } })?.message ?? "";
}

describe("text", () => {
  it("is trimmed", () => {
    expect(field("event_id", "\t id \u00a0")).toEqual({ event_id: "id" });
  });

  it("is the decimals of a number", () => {
    expect(field("event_id", 12.5)).toEqual({ event_id: "12.5" });
    expect(field("event_id", 0)).toEqual({ event_id: "0" });
    expect(faultOf("event_id: payload.x", { payload: { x: 1e-7 } })?.message).toBe(
      "`event_id` is a number too large or small to be text.",
    );
  });

  it("is no boolean, list or object", () => {
    for (const x of [true, ["a"], { a: 1 }])
      expect(faultOf("event_id: payload.x", { payload: { x } })).toEqual({
        code: "invalid_value",
        field: "event_id",
        message: "`event_id` is not text.",
      });
  });
});

describe("a number", () => {
  it("is read from decimal text", () => {
    for (const [text, number] of [
      ["12.50", 12.5],
      [" -3 ", -3],
      [".5", 0.5],
      ["1e3", 1000],
      ["007", 7],
    ] as const)
      expect(custom("value", text)).toEqual({ custom_data: { value: number } });
  });

  it("is not read from anything else", () => {
    for (const x of ["12,50", "0x1f", "Infinity", "1 000", "1e999", true, [1, 2], { a: 1 }])
      expect(fault("value", x)).toBe("`custom_data.value` is not a number.");
  });

  it("is refused where JSON would lose digits of a whole one", () => {
    expect(fault("value", "9007199254740993")).toBe(
      "`custom_data.value` is a whole number beyond 2^53.",
    );
    expect(custom("value", "9007199254740991")).toEqual({
      custom_data: { value: 9007199254740991 },
    });
  });

  it("is whole where the spec says so", () => {
    expect(custom("num_items", "3.0")).toEqual({ custom_data: { num_items: 3 } });
    expect(fault("num_items", 3.5)).toBe("`custom_data.num_items` is not a whole number.");
    expect(fault("num_items", "three")).toBe("`custom_data.num_items` is not a number.");
  });
});

describe("a boolean", () => {
  it("is true, false, 1, 0 or their text", () => {
    for (const x of [true, 1, "1", " True ", "TRUE"])
      expect(field("opt_out", x)).toEqual({ opt_out: true });
    for (const x of [false, 0, "0", "false"])
      expect(field("opt_out", x)).toEqual({ opt_out: false });
  });

  it("is nothing else", () => {
    for (const x of ["yes", 2, [], {}])
      expect(faultOf("opt_out: payload.x", { payload: { x } })?.message).toBe(
        "`opt_out` is neither true nor false (nor 1 or 0).",
      );
  });
});

describe("a time", () => {
  it("is an RFC 3339 time with a zone, cut to seconds", () => {
    expect(field("event_time", "2026-04-30T12:00:00Z")).toEqual({ event_time: 1777550400 });
    expect(field("event_time", "2026-04-30T14:00:00.987+02:00")).toEqual({
      event_time: 1777550400,
    });
    expect(field("event_time", "1969-12-31T23:59:59.5Z")).toEqual({ event_time: -1 });
  });

  it("is seconds, in numbers or text", () => {
    expect(field("event_time", 1777550400.9)).toEqual({ event_time: 1777550400 });
    expect(field("event_time", " 1777550400 ")).toEqual({ event_time: 1777550400 });
    expect(field("event_time", 99_999_999_999)).toEqual({ event_time: 99_999_999_999 });
  });

  it("is not milliseconds", () => {
    for (const x of [1777550400000, "1777550400000", 100_000_000_000, -100_000_000_000])
      expect(faultOf("event_time: payload.x", { payload: { x } })).toEqual({
        code: "invalid_time",
        field: "event_time",
        message: "`event_time` is in milliseconds; Meta takes Unix seconds.",
      });
  });

  it("is not a time without a zone", () => {
    expect(faultOf("event_time: payload.x", { payload: { x: "2026-04-30T12:00:00" } })).toEqual({
      code: "time_without_zone",
      field: "event_time",
      message: "`event_time` is a time without a zone.",
    });
  });

  it("is nothing else", () => {
    for (const x of ["yesterday", "2026-02-30T12:00:00Z", true, {}])
      expect(faultOf("event_time: payload.x", { payload: { x } })).toEqual({
        code: "invalid_time",
        field: "event_time",
        message: "`event_time` is not a time.",
      });
  });
});

describe("a list", () => {
  it("is read from JSON text, or made of a single value", () => {
    expect(custom("content_ids", '["a", 2]')).toEqual({ custom_data: { content_ids: ["a", "2"] } });
    expect(custom("content_ids", "a")).toEqual({ custom_data: { content_ids: ["a"] } });
    expect(custom("content_ids", "[a")).toEqual({ custom_data: { content_ids: ["[a"] } });
  });

  it("loses its blank elements, and may be empty", () => {
    expect(custom("content_ids", ["a", null, " "])).toEqual({
      custom_data: { content_ids: ["a"] },
    });
    expect(custom("content_ids", [])).toEqual({ custom_data: { content_ids: [] } });
  });

  it("has elements of the spec's type", () => {
    expect(custom("contents", [{ id: 1, quantity: "2", extra: { a: 1 } }])).toEqual({
      custom_data: { contents: [{ id: "1", quantity: 2, extra: { a: 1 } }] },
    });
    expect(custom("contents", '{"id": 1}')).toEqual({ custom_data: { contents: [{ id: "1" }] } });
    expect(fault("contents", [{ quantity: "two" }])).toBe(
      "`custom_data.contents.quantity` is not a number.",
    );
    expect(fault("contents", ["sku"])).toBe("`custom_data.contents` is not an object.");
  });

  it("holds equal values once where the spec wants that", () => {
    expect(
      eventOf("user_data: {external_id: payload.x}", { payload: { x: [1, "1", "2"] } }),
    ).toEqual({ user_data: { external_id: ["1", "2"] } });
    expect(custom("content_ids", ["a", "a"])).toEqual({ custom_data: { content_ids: ["a", "a"] } });
  });
});

describe("an object", () => {
  it("is read from JSON text", () => {
    expect(
      eventOf("original_event_data: payload.x", { payload: { x: '{"order_id": 7}' } }),
    ).toEqual({
      original_event_data: { order_id: "7" },
    });
  });

  it("that is no object gives nothing, and is counted", () => {
    const { result, unmapped } = render(eventMapping("custom_data: {store_data: payload.x}"), {
      payload: { x: "north" },
    });
    expect(result).toBeUndefined();
    expect(unmapped).toEqual({ "payload.x": 1 });
  });

  it("is typed and cleared of blanks where a list holds it", () => {
    expect(custom("contents", [{ id: " ", title: null, brand: " b " }, {}])).toEqual({
      custom_data: { contents: [{ brand: "b" }] },
    });
  });
});

describe("a custom property", () => {
  it("passes as it is", () => {
    for (const x of [" a ", 1.5, false, [1, null], { b: [{}], a: "" }])
      expect(custom("x", x)).toEqual({ custom_data: { x } });
  });
});

describe("a field that the spec leaves without a type", () => {
  it("passes as it is, too", () => {
    for (const x of ["registered", true])
      expect(custom("status", x)).toEqual({ custom_data: { status: x } });
  });
});
