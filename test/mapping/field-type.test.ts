import { describe, expect, it } from "vitest";
import { typePhrase } from "../../src/mapping/field-type.js";
import type { Bounds } from "../../src/generated/fields.js";

describe("what a field takes", () => {
  it.each<[Bounds, string]>([
    [{}, "a whole number"],
    [{ minimum: 1 }, "a whole number from 1 on"],
    [{ maximum: 9 }, "a whole number up to 9"],
    [{ minimum: 1, maximum: 9 }, "a whole number from 1 to 9"],
  ])("is said with its bounds %j", (bounds, phrase) => {
    const facts = {
      name: "size",
      description: "Size.",
      page: "",
      names: [],
      hash: "never",
    } as const;
    expect(typePhrase({ ...facts, kind: "integer", bounds })).toBe(phrase);
  });
});
