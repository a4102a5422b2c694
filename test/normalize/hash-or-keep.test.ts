import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { givenDigest } from "../../src/normalize/given-digest.js";
import { hashOrKeep } from "../../src/normalize/hash-or-keep.js";
import { dropped, suspicious } from "../../src/normalize/normalizer.js";

const HEX = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

describe("hashOrKeep", () => {
  it("hashes the UTF-8 bytes of trimmed text", () => {
    expect(hashOrKeep("\u00a0hello world\n")).toBe(HEX);
    expect(hashOrKeep("é")).toBe(sha256("é"));
  });

  it("normalises before it hashes", () => {
    expect(hashOrKeep("Hello World", (text) => text.toLowerCase())).toBe(HEX);
  });

  it("keeps a digest and does not normalise it", () => {
    expect(hashOrKeep(` ${HEX.toUpperCase()}.aBcDeF_- `, () => "x")).toBe(`${HEX}.aBcDeF_-`);
  });

  it("gives nothing for what is blank, before or after", () => {
    expect(hashOrKeep(" \u2003")).toEqual(dropped("nothing_left"));
    expect(hashOrKeep("x", () => " ")).toEqual(dropped("nothing_left"));
  });

  it("drops what normalising drops, and hashes what it only suspects", () => {
    expect(hashOrKeep("x", () => dropped("too_short"))).toEqual(dropped("too_short"));
    expect(hashOrKeep("x", (text) => suspicious(text, "ambiguous_date"))).toEqual(
      suspicious(sha256("x"), "ambiguous_date"),
    );
  });

  it("drops a digest of what only a part is wanted of", () => {
    expect(hashOrKeep(HEX, (text) => text, "dropped")).toEqual(dropped("digest_of_whole"));
  });
});

describe("givenDigest", () => {
  it("knows 64 hex digits, alone or with a suffix of 2 or 8 characters", () => {
    expect(givenDigest(HEX.toUpperCase())).toBe(HEX);
    expect(givenDigest(`${HEX}.Ab`)).toBe(`${HEX}.Ab`);
    expect(givenDigest(`${HEX}.Ab_-9xYz`)).toBe(`${HEX}.Ab_-9xYz`);
  });

  it("knows nothing else for a digest", () => {
    for (const text of [`${HEX}.`, `${HEX}.abc`, `${HEX}a`, HEX.slice(1), ` ${HEX}`, `${HEX}\n`])
      expect(givenDigest(text)).toBeUndefined();
  });
});
