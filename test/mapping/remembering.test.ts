import { describe, expect, it } from "vitest";
import { remembering } from "../../src/mapping/remembering.js";

/** Counts how often a text is really worked on. */
function counted(make: (text: string, country: string | undefined) => string | undefined) {
  let made = 0;
  const remembered = remembering((text, country) => {
    made += 1;
    return make(text, country);
  });
  return { remembered, made: () => made };
}

const upper = (text: string, country: string | undefined) =>
  `${text.toUpperCase()}/${country ?? "-"}`;

describe("what is made of texts", () => {
  it("is made once of texts that come again, for each country anew", () => {
    const { remembered, made } = counted(upper);
    const given = Array.from({ length: 300 }, (_, index) => [
      remembered(`city-${String(index % 3)}`, undefined),
      remembered(`city-${String(index % 3)}`, "de"),
    ]);
    expect(given[299]).toEqual(["CITY-2/-", "CITY-2/de"]);
    expect(made()).toBe(6);
  });

  it("tells a text and its country apart however they are written", () => {
    const { remembered } = counted(upper);
    expect(remembered("1 ab", undefined)).toBe("1 AB/-");
    expect(remembered("b", "a")).toBe("B/a");
    expect(remembered("ab", "")).toBe("AB/");
    expect(remembered("b", "1 a")).toBe("B/1 a");
  });

  it("is not remembered any more once texts hardly ever come again", () => {
    const { remembered, made } = counted(upper);
    for (let index = 0; index < 5_000; index += 1) remembered(`person-${String(index)}`, undefined);
    const before = made();
    remembered("person-1", undefined);
    remembered("person-1", undefined);
    expect(made() - before).toBe(2);
  });

  it("goes on to be remembered where more texts come again than are kept at a time", () => {
    const { remembered, made } = counted(upper);
    const postcode = (index: number) => String(Math.floor(index / 4));
    for (let index = 0; index < 40_000; index += 1)
      expect(remembered(postcode(index), "us")).toBe(`${postcode(index)}/us`);
    expect(made()).toBe(10_000);
  });

  it("is asked for anew where nothing came of it", () => {
    const { remembered, made } = counted(() => undefined);
    expect([remembered("x", undefined), remembered("x", undefined)]).toEqual([
      undefined,
      undefined,
    ]);
    expect(made()).toBe(2);
  });
});
