import fc from "fast-check";
import { expect, it } from "vitest";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { BEYOND_SHAPE } from "../mapping/beyond-shape.js";
import { mapping } from "./mapping-arbitrary.js";
import { accepts } from "./project-schema.js";

it("accepts exactly the mappings that the compiler finds no mistake of shape in", () => {
  const verdicts = { sound: 0, broken: 0 };
  fc.assert(
    fc.property(mapping, (candidate) => {
      const text = JSON.stringify(candidate);
      const mistakes = readMapping(text, "mapping.yaml")
        .diagnostics.filter(({ severity }) => severity === "error")
        .map(({ code }) => code);
      const ofShape = mistakes.filter((code) => !BEYOND_SHAPE.includes(code));
      if (mistakes.length > 0 && ofShape.length === 0) return;
      verdicts[ofShape.length === 0 ? "sound" : "broken"] += 1;
      expect({ mistakes: ofShape, accepted: accepts(text) }).toEqual({
        mistakes: ofShape,
        accepted: ofShape.length === 0,
      });
    }),
    { numRuns: 3_000 },
  );
  expect(verdicts.sound).toBeGreaterThan(50);
  expect(verdicts.broken).toBeGreaterThan(50);
});
