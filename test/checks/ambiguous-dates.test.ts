import { describe, expect, it } from "vitest";
import { runExamples } from "../../src/checks/examples.js";
import { sound } from "../mapping/render.js";

/** What `check` says of an example whose person is born on this day. */
function said(born: string): readonly string[] {
  const mapping = sound(`
mapping: 1
surface: custom_audiences
schema:
  EMAIL: {identifier: email, normalize: meta_email, hash: sha256}
  DOBY: {identifier: date_of_birth, normalize: meta_birth_year, hash: sha256}
  DOBM: {identifier: date_of_birth, normalize: meta_birth_month, hash: sha256}
examples:
  - given: {identifiers: [{type: email, value: a}, {type: date_of_birth, value: "${born}"}]}
    expect: [{EMAIL: {sha256: a}}]
`);
  return runExamples(mapping).map(
    ({ severity, code, message, remedy }) => `${severity}: ${message} (${code}). ${remedy}`,
  );
}

describe("a date in an example", () => {
  it("brings a warning for each part that could be another one", () => {
    expect(said("03.02.1997")).toEqual([
      "warning: example 1: day and month could change places in the date for `DOBM`; the month is read first (mapping.ambiguous_date). Write dates in the source as year, month and day.",
    ]);
  });

  it("brings none where it can be read in one way", () => {
    expect(said("1997-02-03")).toEqual([]);
    expect(said("16.02.1997")).toEqual([]);
  });
});
