import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NORMALIZER_NAMES, type NormalizerName } from "../../src/normalize/index.js";
import { dropped } from "../../src/normalize/normalizer.js";
import { normalizerOf } from "../../src/normalize/normalizer-of.js";
import { textOf, vectors } from "./vectors.js";

const META = NORMALIZER_NAMES.filter((name) => name.startsWith("meta_"));

const inputs = vectors().map(({ input }) => input);

/** Text of any script, and what people write with a slip in it. */
const texts = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
    fc.stringMatching(/^[-+ ()./0-9x#]{1,24}$/),
    fc
      .tuple(fc.constantFrom(...inputs), fc.string({ unit: "binary", maxLength: 2 }), fc.nat())
      .map(([input, slip, at]) => input.slice(0, at % 20) + slip + input.slice(at % 20)),
  )
  .map((text) => text.trim())
  .filter((text) => text !== "");

const names = fc.constantFrom<NormalizerName>(...META);
const countries = fc.option(
  fc.oneof(fc.constantFrom("US", "de", "Canada", "GB", "it", "XX", ""), texts),
  { nil: undefined },
);

const hexes = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-fA-F]{${String(length)}}$`));

describe("every rule of Meta's", () => {
  it("gives text that is not blank, or a reason, for whatever it is given", () => {
    fc.assert(
      fc.property(names, texts, countries, (name, text, country) => {
        const result = normalizerOf([name])(text, country);
        expect(textOf(result)?.trim()).not.toBe("");
      }),
      { numRuns: 2000 },
    );
  });

  it("changes nothing more in what it has normalised", () => {
    fc.assert(
      fc.property(names, texts, (name, text) => {
        const once = textOf(normalizerOf([name])(text, undefined));
        if (once === undefined) return;
        expect(textOf(normalizerOf([name])(once, undefined))).toBe(once);
      }),
      { numRuns: 4000 },
    );
  });

  it("passes a SHA-256 digest, hex in lower case, the suffix as it is", () => {
    const suffixes = fc.oneof(fc.constant(""), fc.stringMatching(/^\.(?:[\w-]{2}|[\w-]{8})$/));
    fc.assert(
      fc.property(names, hexes(64), suffixes, countries, (name, hex, suffix, country) => {
        expect(normalizerOf([name])(` ${hex}${suffix}`, country)).toBe(
          `${hex.toLowerCase()}${suffix}`,
        );
      }),
    );
  });

  it("drops a digest of any other kind", () => {
    const lengths = fc.constantFrom(32, 40, 56, 63, 96, 128);
    fc.assert(
      fc.property(names, lengths.chain(hexes), countries, (name, hex, country) => {
        expect(normalizerOf([name])(hex, country)).toEqual(dropped("other_digest"));
      }),
    );
  });

  it("does not care in which form letters are composed", () => {
    const composing = META.filter((name) => name !== "meta_email");
    fc.assert(
      fc.property(fc.constantFrom(...composing), texts, (name, text) => {
        expect(normalizerOf([name])(text.normalize("NFD"), undefined)).toEqual(
          normalizerOf([name])(text.normalize("NFC"), undefined),
        );
      }),
      // The mark of a symbol goes with it.
      { examples: [["meta_city", "à≠"]] },
    );
  });
});
