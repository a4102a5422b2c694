import examples from "libphonenumber-js/mobile/examples";
import { getCountries, getExampleNumber } from "libphonenumber-js/min";
import { describe, expect, it } from "vitest";
import { countryCode } from "../../src/normalize/country-code.js";
import { metaPhone } from "../../src/normalize/meta-phone.js";
import type { NormalizerName } from "../../src/normalize/index.js";
import { normalizerOf } from "../../src/normalize/normalizer-of.js";
import { outcome } from "./vectors.js";

/** What becomes of a value, as the documentation shows it. */
function of(name: NormalizerName, text: string, country?: string): string {
  return outcome(normalizerOf([name])(text, country));
}

describe("meta_phone without a country", () => {
  it.each([
    ["+1 (650) 555-1212", "`16505551212`"],
    ["0044 20 7946 0018", "`442079460018`"],
    ["+44 (0)20 7946 0018", "`442079460018`"],
    ["49 (0)30 5550123", "`49305550123`"],
    ["+39 (0)6 555 0123", "`3906 555 0123`".replaceAll(" ", "")],
    ["16505551212.0", "`16505551212`"],
    ["1.650.555.0", "`16505550`"],
    ["4.93023E+11", "dropped: `not_a_phone_number`"],
    ["+1 650 555 1212 x12", "`16505551212`"],
    ["+1 650 555 1212;ext=12", "`16505551212`"],
    ["＋４９ ３０ ５５５０１２３", "`49305550123`"],
    ["555 0123 (office)", "`5550123`, counted: `letters_in_phone`"],
    ["1-800-555-HELP", "`1800555`, counted: `letters_in_phone`"],
    ["#5550123", "`5550123`"],
    ["123456", "dropped: `too_short`"],
    ["+", "dropped: `nothing_left`"],
    ["1234567890123456", "dropped: `too_long`"],
  ])("makes of %j %s", (text, expected) => {
    expect(of("meta_phone", text)).toBe(expected);
  });
});

describe("meta_phone with a country", () => {
  it.each([
    ["(650) 555-1212", "us", "`16505551212`"],
    ["1 650 555 1212", "US", "`16505551212`"],
    ["030 5550123", "DE", "`49305550123`"],
    ["030 5550123", "Germany", "`49305550123`"],
    ["06 555 0123", "IT", "`39065550123`"],
    ["4915123456789", "DE", "`4915123456789`"],
    ["49 30 5550123", "DE", "`49305550123`"],
    ["15123456789.0", "DE", "`4915123456789`"],
    ["04915 123456", "DE", "`494915123456`"],
    ["44 020 7946 0018", "GB", "`442079460018`"],
    ["55 99123-4567", "BR", "`5555991234567`"],
    ["9123456789", "IN", "`919123456789`"],
    ["3912345678", "IT", "`393912345678`"],
    ["8 (495) 555-01-23", "ru", "`74955550123`"],
    ["+44 (0)20 7946 0018", "US", "`442079460018`"],
    ["00 44 20 7946 0018", "US", "`442079460018`"],
    ["+44 20 7946 0018", "nowhere", "`442079460018`"],
    ["Tel. 030 5550123", "DE", "`49305550123`"],
    ["030 5550123", "nowhere", "dropped: `unknown_country`"],
    ["030 5550123", "", "dropped: `unknown_country`"],
    ["030 5550123", "aq", "dropped: `unknown_country`"],
    ["555-0123", "US", "dropped: `not_a_phone_number`"],
    ["none", "US", "dropped: `not_a_phone_number`"],
    ["+1 555", "US", "dropped: `not_a_phone_number`"],
  ])("makes of %j in %j %s", (text, country, expected) => {
    expect(of("meta_phone", text, country)).toBe(expected);
  });

  it("makes one of all ways to write a number of the country, with its calling code and without", () => {
    const wrong = getCountries().flatMap((country) => {
      const example = getExampleNumber(country, examples);
      if (example === undefined || countryCode(country) === undefined) return [];
      const { number, nationalNumber } = example;
      const ways = [number, number.slice(1), example.formatNational(), nationalNumber];
      return ways.filter((way) => metaPhone(way, country) !== number.slice(1));
    });
    expect(wrong).toEqual([]);
  });
});

describe("the rules of names", () => {
  it.each([
    ["meta_name", "Vale\u0301ry", "`valéry`"],
    ["meta_name", "İSMAİL IŞIK", "`i̇smai̇lişik`"],
    ["meta_name", "ΟΔΥΣΣΕΥΣ", "`οδυσσευς`"],
    ["meta_name", "Ann\u200b\u00ad ❤️", "`ann`"],
    ["meta_name", "\u0301", "dropped: `nothing_left`"],
    ["meta_initial", "  élodie", "`é`"],
    ["meta_initial", "'t Hooft", "`t`"],
    ["meta_initial", "𠮷田", "`𠮷`"],
    ["meta_initial", "2Pac", "dropped: `not_a_name`"],
    ["meta_initial", "-", "dropped: `nothing_left`"],
    ["meta_f5", "Jo-Ann Lee", "`joann`"],
    ["meta_f5", "𠮷𠮷𠮷𠮷𠮷𠮷", "`𠮷𠮷𠮷𠮷𠮷`"],
    ["meta_f5", "?", "dropped: `nothing_left`"],
    ["meta_gender", "Mr.", "`m`"],
    ["meta_gender", "X", "dropped: `unknown_gender`"],
  ] as const)("%s makes of %j %s", (name, text, expected) => {
    expect(of(name, text)).toBe(expected);
  });
});

describe("the rules of dates", () => {
  it.each([
    ["meta_birth_date", "1997-02-16T00:00:00Z", "`19970216`"],
    ["meta_birth_date", "1997/2/6", "`19970206`"],
    ["meta_birth_date", "16.02.1997", "`19970216`"],
    ["meta_birth_date", "02.02.1997", "`19970202`"],
    ["meta_birth_date", "03.02.1997", "`19970302`, counted: `ambiguous_date`"],
    ["meta_birth_date", "2000-02-29", "`20000229`"],
    ["meta_birth_date", "2001-02-29", "dropped: `not_a_date`"],
    ["meta_birth_date", "1899-12-31", "dropped: `not_a_date`"],
    ["meta_birth_date", "16 February 1997", "dropped: `not_a_date`"],
    ["meta_birth_date", "12 1997 16", "dropped: `not_a_date`"],
    ["meta_birth_date", "1997-00-10", "dropped: `not_a_date`"],
    ["meta_birth_date", "1997-002-10", "dropped: `not_a_date`"],
    ["meta_birth_date", "16021997", "dropped: `not_a_date`"],
    ["meta_birth_date", "856051200000", "dropped: `not_a_date`"],
    ["meta_birth_year", "1997-02-16", "`1997`"],
    ["meta_birth_year", "03.02.1997", "`1997`"],
    ["meta_birth_year", "97", "dropped: `not_a_date`"],
    ["meta_birth_year", "1897", "dropped: `not_a_date`"],
    ["meta_birth_month", "2", "`02`"],
    ["meta_birth_month", "19970216", "`02`"],
    ["meta_birth_month", "03.02.1997", "`03`, counted: `ambiguous_date`"],
    ["meta_birth_month", "13", "dropped: `not_a_date`"],
    ["meta_birth_month", "0", "dropped: `not_a_date`"],
    ["meta_birth_day", "16.02.1997", "`16`"],
    ["meta_birth_day", "31", "`31`"],
    ["meta_birth_day", "32", "dropped: `not_a_date`"],
    ["meta_birth_day", "first", "dropped: `not_a_date`"],
  ] as const)("%s makes of %j %s", (name, text, expected) => {
    expect(of(name, text)).toBe(expected);
  });
});

describe("the rules of places", () => {
  it.each([
    ["meta_city", "Paris 15e", undefined, "`parise`"],
    ["meta_city", "São Paulo", undefined, "`sãopaulo`"],
    ["meta_state", "California", "US", "`ca`"],
    ["meta_state", "US-CA", undefined, "`ca`"],
    ["meta_state", "Washington, D.C.", "United States", "`dc`"],
    ["meta_state", "CaliforniaUSA", "US", "dropped: `unknown_state`"],
    ["meta_state", "Québec", undefined, "`qc`"],
    ["meta_state", "Quebec", "CA", "`qc`"],
    ["meta_state", "Somewhere", "CA", "`somewhere`"],
    ["meta_state", "Georgia", "ge", "`georgia`"],
    ["meta_state", "Île-de-France", "FR", "`îledefrance`"],
    ["meta_state", "Bayern", "nowhere", "`bayern`"],
    ["meta_state", "75", "FR", "dropped: `nothing_left`"],
    ["meta_zip", "1000-001", undefined, "`1000001`"],
    ["meta_zip", "01310-100", undefined, "`01310100`"],
    ["meta_zip", "60601-9999", undefined, "`60601`"],
    ["meta_zip", "60601 9999", "US", "`60601`"],
    ["meta_zip", "606019999", "US", "`60601`"],
    ["meta_zip", "606019999", undefined, "`606019999`"],
    ["meta_zip", "94035.0", undefined, "`94035`"],
    ["meta_zip", "2134", "US", "dropped: `not_a_postcode`"],
    ["meta_zip", "SW1A 1AA", "GB", "`sw1a1aa`"],
    ["meta_zip", "１００－０００１", "JP", "`1000001`"],
    ["meta_zip", "7", undefined, "dropped: `too_short`"],
    ["meta_zip", "--", undefined, "dropped: `nothing_left`"],
    ["meta_country", "Korea, Republic of", undefined, "`kr`"],
    ["meta_country", "Republic of Korea", undefined, "`kr`"],
    ["meta_country", "North Korea", undefined, "`kp`"],
    ["meta_country", "Korea", undefined, "dropped: `unknown_country`"],
    ["meta_country", "Congo", undefined, "`cg`"],
    ["meta_country", "DEU", undefined, "`de`"],
    ["meta_country", "AND", undefined, "`ad`"],
    ["meta_country", "Côte d’Ivoire", undefined, "`ci`"],
    ["meta_country", "Kosovo", undefined, "`xk`"],
    ["meta_country", "Иran", undefined, "dropped: `unknown_country`"],
    ["meta_country", "276", undefined, "dropped: `unknown_country`"],
    ["meta_country", "xx", undefined, "dropped: `unknown_country`"],
  ] as const)("%s makes of %j in %s %s", (name, text, country, expected) => {
    expect(of(name, text, country)).toBe(expected);
  });
});
