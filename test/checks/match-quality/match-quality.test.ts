import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import { audienceQuality, eventQuality, type Person } from "./watched.js";

const SCHEMA = `
EMAIL: {identifier: email, normalize: lowercase, hash: sha256}
PHONE: {identifier: phone, normalize: digits, hash: sha256}
LOOKALIKE_VALUE: payload.value
GEN: {value: f, hash: sha256}`;

function people(count: number, person: (number: number) => Person): readonly Person[] {
  return Array.from({ length: count }, (_, number) => person(number));
}

function findings(report: ReturnType<typeof audienceQuality>) {
  return report.findings.map(({ code, field, count }) => ({ code, field, count }));
}

describe("the match quality of a source", () => {
  it("counts by field what is there, usable, hashed before and dropped, in values and records", () => {
    const report = audienceQuality(
      "EMAIL: {identifier: email, normalize: lowercase, hash: sha256}\nPHONE: {identifier: phone, normalize: digits, hash: sha256}",
      [
        { email: ["a@shop.io", "b@shop.io"], phone: "+1 650 555 1213" },
        { email: sha256("c@shop.io"), phone: "none" },
        { phone: ["", "16505551214"] },
        { email: "d@shop.io" },
      ],
    );
    expect(report).toMatchObject({ surface: "custom_audiences", records: 4, sendable: 4 });
    expect(report.fields).toEqual([
      {
        field: "EMAIL",
        records: 3,
        values: 4,
        usable: 4,
        hashedBefore: 1,
        dropped: new Map(),
        suspicious: new Map(),
      },
      {
        field: "PHONE",
        records: 3,
        values: 3,
        usable: 2,
        hashedBefore: 0,
        dropped: new Map([["nothing_left", 1]]),
        suspicious: new Map(),
      },
    ]);
  });

  it("tells how many identifiers records have, and which go together, of those that can be sent", () => {
    const report = eventQuality(
      "em: {identifier: email, hash: sha256}\nph: {identifier: phone, normalize: digits, hash: sha256}\nfn: {identifier: first_name, hash: sha256}",
      [
        { email: "a@shop.io", phone: "16505551213", first_name: "a" },
        { email: "b@shop.io", phone: "16505551214" },
        { email: "c@shop.io", phone: "none" },
        { email: "d@shop.io" },
        { first_name: "nobody" },
      ],
    );
    expect(report).toMatchObject({
      records: 5,
      coverage: { none: 0, one: 2, two: 1, threeOrMore: 1 },
    });
    expect(report.sendable).toBe(4);
    expect(report.combinations).toEqual([
      { fields: ["user_data.em"], records: 2 },
      { fields: ["user_data.em", "user_data.ph", "user_data.fn"], records: 1 },
      { fields: ["user_data.em", "user_data.ph"], records: 1 },
    ]);
  });

  it("leaves out what does not tell who somebody is: constants and attributes", () => {
    const report = audienceQuality(SCHEMA, [{ email: "a@shop.io" }]);
    expect(report.fields.map(({ field }) => field)).toEqual(["EMAIL"]);
  });

  it("does not take the country that a phone number is read by for an identifier of its own", () => {
    const form = "normalize: meta_phone, country: {identifier: country}, hash: sha256}";
    const records = [{ phone: "030 23125003", country: "DE" }];
    const ofEvents = eventQuality(`ph: {identifier: phone, ${form}`, records);
    expect(ofEvents.fields.map(({ field }) => field)).toEqual(["user_data.ph"]);
    expect(ofEvents.coverage).toMatchObject({ one: 1, two: 0 });
    const ofAudience = audienceQuality(`PHONE: {identifier: phone, ${form}`, records);
    expect(ofAudience.fields.map(({ field }) => field)).toEqual(["PHONE"]);
  });

  it("says nothing of a source without people", () => {
    expect(audienceQuality(SCHEMA, [])).toEqual({
      surface: "custom_audiences",
      records: 0,
      sendable: 0,
      fields: [],
      coverage: { none: 0, one: 0, two: 0, threeOrMore: 0 },
      combinations: [],
      findings: [],
    });
  });
});

describe("the findings", () => {
  const EMAIL = "EMAIL: {identifier: email, normalize: lowercase, hash: sha256}";
  const EVENT_EMAIL = "em: {identifier: email, normalize: lowercase, hash: sha256}";
  const own = (number: number): Person => ({ email: `p${String(number)}@shop.io` });
  const shared =
    (many: number) =>
    (number: number): Person =>
      number < many ? { email: "Info@shop.io" } : own(number);

  it("name a value in ten records of an audience, and not one in nine", () => {
    const ONE = { code: "one_identifier", field: "", count: 100 };
    expect(findings(audienceQuality(EMAIL, people(100, shared(9))))).toEqual([ONE]);
    expect(findings(audienceQuality(EMAIL, people(100, shared(10))))).toEqual([
      { code: "repeated", field: "EMAIL", count: 10 },
      ONE,
    ]);
  });

  it("let a customer have twenty events but for one, and in a large source one in a hundred", () => {
    const repeated = (count: number, many: number) =>
      findings(eventQuality(EVENT_EMAIL, people(count, shared(many)))).filter(
        ({ code }) => code === "repeated",
      );
    expect(repeated(100, 19)).toEqual([]);
    expect(repeated(100, 20)).toEqual([{ code: "repeated", field: "user_data.em", count: 20 }]);
    expect(repeated(3_000, 29)).toEqual([]);
    expect(repeated(3_000, 30)).toEqual([{ code: "repeated", field: "user_data.em", count: 30 }]);
  });

  it("do not take a record for many that says the same more than once", () => {
    const twice = { email: ["a@shop.io", "A@shop.io"] };
    const report = audienceQuality(
      EMAIL,
      people(9, () => twice),
    );
    expect(findings(report).map(({ code }) => code)).toEqual(["one_identifier"]);
  });

  it("do not wonder at cities and first names that many share", () => {
    const city = "CT: {identifier: city, hash: sha256}";
    const report = audienceQuality(
      `${EMAIL}\n${city}`,
      people(50, (number) => ({ ...own(number), city: "berlin" })),
    );
    expect(findings(report)).toEqual([]);
  });

  it("come with the weightiest first within a field, and with what to do", () => {
    const report = audienceQuality(
      `${EMAIL}\nPHONE: {identifier: phone, normalize: digits, hash: sha256}`,
      [
        { email: ["a@example.com", "b@example.org"], phone: "none" },
        { email: ["bea", sha256("x@shop.io")], phone: "16505551213" },
        { email: "c@shop.io", phone: "16505551214" },
      ],
    );
    expect(findings(report)).toEqual([
      { code: "test_domain", field: "EMAIL", count: 2 },
      { code: "implausible_email", field: "EMAIL", count: 1 },
      { code: "hashed_before", field: "EMAIL", count: 1 },
      { code: "nothing_left", field: "PHONE", count: 1 },
    ]);
    expect(report.findings[0]?.advice).toBe(
      "At domains for tests and examples (`example.com`, `.test`), which nobody has. Leave these records out.",
    );
  });

  it("tell what Meta's normalisers left out, by reason, and what they found suspicious", () => {
    const report = eventQuality(
      `db: {identifier: date_of_birth, normalize: meta_birth_date, hash: sha256}
       ph: {identifier: phone, normalize: meta_phone, hash: sha256}
       em: {identifier: email, normalize: meta_email, hash: sha256}`,
      [
        { date_of_birth: "03/04/1990", phone: "1-800-555-HELP-12", email: "a@shop.io" },
        { date_of_birth: "13.13.1990", phone: "12345", email: "bea" },
        { date_of_birth: "1990-03-04", phone: ["+1 650 555 1213", "54321"], email: "c@shop.io" },
      ],
    );
    expect(findings(report)).toEqual([
      { code: "ambiguous_date", field: "user_data.db", count: 1 },
      { code: "not_a_date", field: "user_data.db", count: 1 },
      { code: "letters_in_phone", field: "user_data.ph", count: 1 },
      { code: "too_short", field: "user_data.ph", count: 2 },
      { code: "implausible_email", field: "user_data.em", count: 1 },
    ]);
    expect(report.fields.map(({ values, usable }) => values - usable)).toEqual([1, 2, 0]);
  });

  it("speak of a single identifier from half of the records on", () => {
    const two = { email: "a@shop.io", phone: "16505551213" };
    const schema = `${EMAIL}\nPHONE: {identifier: phone, normalize: digits, hash: sha256}`;
    const one = { email: "b@shop.io" };
    expect(findings(audienceQuality(schema, [one, two]))).toEqual([
      { code: "one_identifier", field: "", count: 1 },
    ]);
    expect(findings(audienceQuality(schema, [one, two, two]))).toEqual([]);
  });
});

describe("a report", () => {
  it("holds no value and no digest, repeated as they may be", () => {
    const report = audienceQuality(
      "EMAIL: {identifier: email, normalize: lowercase, hash: sha256}",
      people(50, () => ({ email: "planted@shop.io" })),
    );
    const text = JSON.stringify(report, (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    );
    expect(report.findings.map(({ code }) => code)).toContain("repeated");
    expect(text).not.toContain("planted");
    expect(text).not.toContain(sha256("planted@shop.io"));
  });
});

describe("combinations of fields", () => {
  it("are told apart up to a thousand of them; the number of identifiers is counted of all", () => {
    const types = [
      "email",
      "phone",
      "first_name",
      "last_name",
      "city",
      "state",
      "zip_code",
      "country",
      "gender",
      "date_of_birth",
    ];
    const fields = ["em", "ph", "fn", "ln", "ct", "st", "zp", "country", "ge", "db"];
    const mapping = fields.map(
      (field, at) => `${field}: {identifier: ${types[at] ?? ""}, hash: sha256}`,
    );
    const subset = (number: number): Person =>
      Object.fromEntries(
        types.flatMap((type, at) => ((number >> at) % 2 === 1 ? [[type, "x1"]] : [])),
      );
    const all = eventQuality(
      ["external_id: {identifier: external_id}", ...mapping].join("\n"),
      people(1_024, (number) => ({ external_id: `id ${String(number)}`, ...subset(number) })),
    );
    const { none, one, two, threeOrMore } = all.coverage;
    expect([all.sendable, none, one, two, threeOrMore]).toEqual([1_024, 0, 1, 10, 1_013]);
    expect(all.combinations).toHaveLength(10);
  });
});
