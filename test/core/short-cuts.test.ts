/** Short ways that nearly every record takes: each gives what the long way beside it gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlank, surelyDiffer, surelyTrimmed, trimmed } from "../../src/core/blank.js";
import { decodeEventImport, decodeStateOperation } from "../../src/core/decode-record.js";
import { canonicalJson } from "../../src/core/digest.js";
import { derivedIdentity, derivedNames, safeIdentity } from "../../src/core/identity.js";
import { cleanJson } from "../../src/core/json.js";

/** Letters that become two or others in small, blanks of all sorts, and what JSON escapes. */
const PIECES = [
  "a",
  "A",
  "z",
  "@",
  "`",
  "[",
  "{",
  "7",
  "+",
  '"',
  "\\",
  "\u00e9",
  "\u0130",
  "\u212a",
  "\u017f",
  "\u03a3",
];
const BLANKS = [" ", "\t", "\n", "\u00a0", "\u2028", "\ufeff", "\u0000", "\u001f", "\u007f"];
const text = fc
  .array(fc.constantFrom(...PIECES, ...BLANKS), { maxLength: 4 })
  .map((pieces) => pieces.join(""));

describe("a text", () => {
  it("is blank, or trimmed, as `trim` has it", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(isBlank(one)).toBe(one.trim() === "");
        expect(trimmed(one)).toBe(one.trim());
        if (surelyTrimmed(one)) expect(one.trim()).toBe(one);
      }),
      { numRuns: 1_000 },
    );
    expect([surelyTrimmed("a b"), surelyTrimmed(""), surelyTrimmed("a ")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("surely differs only from what is another in small letters without blanks around", () => {
    const plain = (one: string) => one.trim().toLowerCase();
    fc.assert(
      fc.property(text, text, (one, other) => {
        if (plain(one) === plain(other)) expect(surelyDiffer(one, other)).toBe(false);
        for (const same of [plain(one), one.toUpperCase().toLowerCase(), ` ${one}`])
          if (plain(one) === plain(same)) expect(surelyDiffer(one, same)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
    expect([surelyDiffer("ann", "bea"), surelyDiffer("ann", "Anna")]).toEqual([true, true]);
  });
});

describe("an identity", () => {
  const part = fc.oneof(text, fc.integer(), fc.double(), fc.constantFrom(null, true, -0));

  it("is the key in canonical JSON, of one part as of two", () => {
    fc.assert(
      fc.property(text, part, fc.option(text, { nil: undefined }), (name, value, target) => {
        const clean = cleanJson({ [name]: value });
        if (!clean.ok || clean.value === null) return;
        const key = { [name]: value };
        const empty = value === null || (typeof value === "string" && value.trim() === "");
        const json = canonicalJson(clean.value);
        const whole = target === undefined ? json : canonicalJson({ key: clean.value, target });
        expect(derivedIdentity(key, target)).toBe(empty ? undefined : whole);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is shown of plain texts as it is of any other", () => {
    const words = fc.constantFrom("secret", "tok", "en", "EAA", "bcdefghijklmnopqrs", "{", "}");
    const any = fc.oneof(part, words, fc.constantFrom("a@b.cd", "x".repeat(300)));
    const name = fc.oneof(text, words);
    const targets = fc.option(name, { nil: undefined });
    fc.assert(
      fc.property(name, any, any, targets, (first, value, other, target) => {
        const clean = cleanJson({ key: { [first]: value }, other });
        if (!clean.ok) return;
        const key = { [first]: value };
        const given = derivedIdentity(key, target);
        const values = [other, given ?? null];
        for (const identifiers of [[], [other], values])
          expect(derivedNames(key, target, identifiers)).toEqual(
            given === undefined
              ? undefined
              : { identity: safeIdentity(given, identifiers, key), givenIdentity: given },
          );
      }),
      { numRuns: 1_000 },
    );
  });

  it("is hidden when it is an identifier in small letters without blanks around", () => {
    const plain = (one: string) => one.trim().toLowerCase();
    fc.assert(
      fc.property(text, text, (one, other) => {
        const same = one.trim() !== "" && plain(one) === plain(other);
        const alone = safeIdentity(one, []);
        expect(safeIdentity(one, [other]) === alone).toBe(!same || alone !== one);
        expect(safeIdentity("k", [other], { one }) === "k").toBe(!same && plain(other) !== "k");
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a record", () => {
  const RECORD = { operation: "upsert", target: "VIP", record_identity: "c1" };

  it("keeps no more of an identifier than its type and value", () => {
    const identifiers = [{ type: "email", value: "ann@example.test", more: 1 }];
    expect(decodeStateOperation(cleanJson({ ...RECORD, identifiers }), 1)).toMatchObject({
      value: { identifiers: [{ type: "email", value: "ann@example.test" }] },
    });
  });

  const NAMES = ["key", "payload", "identifiers", "target", "operation", "type", "value"] as const;

  it.each(NAMES)("has no %s of what all objects inherit", (name) => {
    const decode = (record: object) => [
      decodeStateOperation(cleanJson(record), 1),
      decodeEventImport(cleanJson(record), 1),
    ];
    const records = [
      {},
      RECORD,
      { ...RECORD, identifiers: [{}, { type: "x" }] },
      { ...RECORD, identifiers: [{ type: "x" }] },
      { ...RECORD, identifiers: [{ type: "upsert", value: "upsert" }], key: { id: "upsert" } },
    ];
    const before = records.map(decode);
    for (const value of ["upsert", { a: 1 }, [{ type: "x", value: 1 }]]) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true });
      const decoded = records.map(decode);
      Reflect.deleteProperty(Object.prototype, name);
      expect(decoded).toEqual(before);
    }
  });
});
