import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { normalized, NORMALIZER_OF, sent, textOf, vectors } from "./vectors.js";

const VECTORS = vectors();
const UNDISPUTED = VECTORS.filter(
  ({ disputed, rejected, note }) => !disputed && !rejected && note === undefined,
);

describe("Meta's vectors", () => {
  it("are many, and carry the digests of what they are normalised to", () => {
    expect(VECTORS).toHaveLength(347);
    expect(UNDISPUTED).toHaveLength(148);
    for (const { normalized: text, sha256: digest, input } of VECTORS)
      if (digest !== undefined && digest.toLowerCase() !== input.trim().toLowerCase())
        expect(digest).toBe(sha256(text ?? ""));
  });

  it("come out as they say, wherever Meta is of one mind", () => {
    for (const vector of UNDISPUTED)
      expect([vector.field, vector.input, sent(vector)]).toEqual([
        vector.field,
        vector.input,
        vector.sha256,
      ]);
  });

  it("come out as they say as well where a note only explains them", () => {
    const explained = VECTORS.filter(
      ({ disputed, rejected, note }) => !disputed && !rejected && note !== undefined,
    );
    const others = explained.filter((vector) => sent(vector) !== vector.sha256);
    expect(others).toEqual([]);
    expect(explained.length).toBeGreaterThan(70);
  });

  it("are dropped where Meta's libraries drop them, but for what its pages do not refuse", () => {
    const kept = VECTORS.filter((vector) => vector.rejected && sent(vector) !== undefined);
    expect(kept.map(({ field, input }) => `${field} ${input}`)).toEqual([
      "em @example.com",
      "em test@example.",
      "em test@exam ple.com",
      "ct 123Angeles",
      "ct 1a",
      "ct 北京",
      "ct القاهرة",
      "ct Αθήνα",
      "zp -12345",
      "country Germany",
    ]);
  });

  it("come out as one of the readings where Meta's sources disagree, or are dropped, or mended", () => {
    const mended = VECTORS.filter((vector) => {
      const text = textOf(normalized(vector.field, vector.input, vector.country));
      const { disputed, docs, normalized: library } = vector;
      return disputed && text !== undefined && text !== docs && text !== library;
    });
    expect(mended.map(({ field, input }) => `${field} ${input}`)).toEqual([
      "ph +1-555-123-4567 ext. 123",
      "ph 555-123-4567#123",
      "zp 123!@",
      "zp 12.34",
      "zp ZIP\u0001123",
      "zp ZIP123\u007f",
      "country U.K.",
      "country Germany",
    ]);
  });

  it("cover every normaliser but the initial", () => {
    expect(new Set(VECTORS.map(({ field }) => field))).toEqual(
      new Set([...Object.keys(NORMALIZER_OF), "external_id"]),
    );
  });
});
