import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { graphValidator } from "../../src/core/ajv.js";
import { GRAPH_SCHEMAS } from "../../src/generated/schemas.js";

describe("a validator of the spec", () => {
  it("is made of schemas that the meta-schema has nothing against", () => {
    const ajv = new Ajv2020({ validateFormats: false });
    expect([ajv.validateSchema(GRAPH_SCHEMAS), ajv.errors ?? []]).toEqual([true, []]);
  });

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
