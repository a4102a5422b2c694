/** What the tests of hostile input have in common. */
import * as fc from "fast-check";
import { expect } from "vitest";
import type { Diagnostic } from "../src/core/diagnostic.js";
import { diagnosticsGithub, diagnosticsJson } from "../src/report/diagnostics-machine.js";
import { diagnosticsText } from "../src/report/diagnostics-text.js";

/** Names that every object has, in the forms that code is most likely to trip over. */
export const RISKY_NAMES = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__defineGetter__",
  "toJSON",
  "then",
  "length",
] as const;

/** Bytes as they come, mostly no UTF-8 at all. */
export const BYTES = fc.uint8Array({ maxLength: 200 });

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const BEFORE = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype));

/** Holds that no object got a property that it was not born with. */
export function expectNoPollution(): void {
  expect(PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype))).toEqual(BEFORE);
}

/** As long as a sentence may be that quotes what somebody wrote. */
const LONGEST = 1_001;

/** Holds that diagnostics can be read, whatever the text: short, of one line, at a place in it. */
export function expectReadable(diagnostics: readonly Diagnostic[], text: string): void {
  for (const { message, remedy, place } of diagnostics) {
    for (const sentence of [message, remedy]) {
      expect(sentence.length).toBeLessThanOrEqual(LONGEST);
      expect(sentence).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }
    if (place.kind === "text") expect(place.span.end).toBeLessThanOrEqual(text.length + 1);
  }
  const printed = [diagnosticsText, diagnosticsJson, diagnosticsGithub].map((print) =>
    print(diagnostics, () => text),
  );
  for (const one of printed) expect(one.length).toBeLessThanOrEqual(diagnostics.length * 4_000);
}
