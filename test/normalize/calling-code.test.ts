import examples from "libphonenumber-js/mobile/examples";
import { getCountries, getExampleNumber } from "libphonenumber-js/min";
import { describe, expect, it } from "vitest";
import { hasCallingCode } from "../../src/normalize/calling-code.js";

const NUMBERS = getCountries().flatMap((country) => {
  const number = getExampleNumber(country, examples);
  return number === undefined ? [] : [{ country, number }];
});

describe("a telephone number", () => {
  it("has a calling code in its international form, in every country, with a plus sign or without", () => {
    expect(NUMBERS.length).toBeGreaterThan(200);
    const lacking = NUMBERS.filter(({ number: { number } }) =>
      [number, number.slice(1), `00${number.slice(1)}`].some((text) => !hasCallingCode(text)),
    );
    expect(lacking.map(({ country }) => country)).toEqual([]);
  });

  it("has none in its national form, but where it could be the number of another country", () => {
    const taken = NUMBERS.filter(({ number }) => hasCallingCode(number.formatNational()));
    expect(taken.length / NUMBERS.length).toBeLessThan(0.06);
  });

  it("has none with a zero in front, whatever follows", () => {
    expect(hasCallingCode("0 49 30 23125003")).toBe(false);
    expect(hasCallingCode("(0)30 23125003")).toBe(false);
  });
});
