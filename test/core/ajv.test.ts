import { describe, expect, it } from "vitest";
import { draft07Validator, graphValidator } from "../../src/core/ajv.js";

describe("a validator of the spec", () => {
  it("says nothing against what the spec allows", () => {
    expect(graphValidator("Sha256")("a".repeat(64))).toEqual([]);
    expect(graphValidator("AudienceRow/properties/EMAIL")("a".repeat(64))).toEqual([]);
  });

  it("points at a missing and at an unknown property, not at the object around them", () => {
    const violations = graphValidator("EventsRequest")({ data: [{ event_name: "Lead", odd: 1 }] });
    expect(violations.map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
      ["/data/0/event_time", "required"],
      ["/data/0/action_source", "required"],
      ["/data/0/user_data", "required"],
      ["/data/0/odd", "additionalProperties"],
    ]);
  });

  it("quotes no value", () => {
    const [violation] = graphValidator("Sha256")("ann@example.test");
    expect(violation).toMatchObject({ pointer: "" });
    expect(JSON.stringify(violation)).not.toContain("ann@example.test");
  });

  it("knows only the spec's components", () => {
    expect(() => graphValidator("Nothing")).toThrow("the spec has no component Nothing");
  });
});

describe("a validator of another schema", () => {
  it("gives all violations with their places", () => {
    const validate = draft07Validator({
      type: "object",
      properties: { a: { type: "string" }, b: { const: 1 } },
    });
    expect(validate({ a: "x", b: 1 })).toEqual([]);
    expect(validate({ a: 1, b: 2 }).map(({ pointer, keyword }) => [pointer, keyword])).toEqual([
      ["/a", "type"],
      ["/b", "const"],
    ]);
  });
});
