import { describe, expect, it } from "vitest";
import { count } from "../../src/mapping/scope.js";

describe("count", () => {
  it("counts by name", () => {
    const counts = new Map<string, number>();
    for (const name of ["a", "b", "a"]) count(counts, name);
    expect([...counts]).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  it("keeps a thousand names from the data, and counts the others together", () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 1500; index += 1) count(counts, `field_${String(index)}`);
    count(counts, "field_7");
    expect(counts.size).toBe(1001);
    expect(counts.get("field_7")).toBe(2);
    expect(counts.get("…")).toBe(500);
  });
});
