import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/core/digest.js";
import { audienceQuality, eventQuality, suspicions } from "./watched.js";

const EMAIL = "EMAIL: {identifier: email, normalize: lowercase, hash: sha256}";
const PHONE = "PHONE: {identifier: phone, hash: sha256}";
const DIGITS = "PHONE: {identifier: phone, normalize: digits, hash: sha256}";
const META = "PHONE: {identifier: phone, normalize: meta_phone, hash: sha256}";
const BORN = "user_data.db";
const SOME_DIGEST = sha256("someone@shop.io");

function emails(...values: readonly string[]) {
  return suspicions(
    audienceQuality(
      EMAIL,
      values.map((email) => ({ email })),
    ),
    "EMAIL",
  );
}

function phones(mapping: string, ...values: readonly string[]) {
  return suspicions(
    audienceQuality(
      mapping,
      values.map((phone) => ({ phone })),
    ),
    "PHONE",
  );
}

describe("an e-mail address is suspicious", () => {
  it.each([
    ["at a domain for tests", "test_domain", "a@example.com"],
    ["below an ending for tests, in any case", "test_domain", "a@Shop.TEST"],
    ["at a throw-away service", "disposable_domain", "a@Mailinator.com"],
    ["made by a go-between", "relay_domain", "x1y2@privaterelay.appleid.com"],
    ["without an @", "implausible_email", "anna.shop.io"],
    ["with two", "implausible_email", "anna@@shop.io"],
    ["with a blank inside", "implausible_email", "anna b@shop.io"],
    ["with a domain of one label", "implausible_email", "anna@shop"],
    ["with two dots in a row", "implausible_email", "anna..b@shop.io"],
    ["with a dot before the @", "implausible_email", "anna.@shop.io"],
    ["with a dot behind the @", "implausible_email", "anna@.shop.io"],
    ["with a dot in front", "implausible_email", ".anna@shop.io"],
    ["with a list in it", "implausible_email", "anna@shop.io;bea@shop.io"],
    ["that says there is none", "stand_in", "N/A"],
  ])("%s", (_, reason, email) => {
    expect(emails(email)).toEqual({ [reason]: 1 });
  });

  it("not if it is plausible, however unusual", () => {
    const fine = ["Anna@shop.io", "o'neil+tag@sub.shop.co.uk", "a@müller.de", "1@2.io"];
    expect(emails(...fine, "a@contest.com", "a@exampleshop.com")).toEqual({});
  });
});

describe("a digest is suspicious", () => {
  const md5 = createHash("md5").update("a@shop.io").digest();
  const sha1 = createHash("sha1").update("a@shop.io").digest("hex");
  const sha512 = createHash("sha512").update("a@shop.io").digest("hex");

  it.each([
    ["of an empty text", "digest_of_nothing", sha256("")],
    ["of an empty text, in capitals", "digest_of_nothing", sha256("").toUpperCase()],
    ["of an empty text, with a suffix", "digest_of_nothing", `${sha256("")}.Ab`],
    ["of a word for nothing", "digest_of_stand_in", sha256("null")],
    ["of such a word in capitals", "digest_of_stand_in", sha256("N/A")],
    ["of Python's None", "digest_of_stand_in", sha256("None")],
    ["in capitals", "upper_case_digest", SOME_DIGEST.toUpperCase()],
    ["that is MD5", "other_digest", md5.toString("hex")],
    ["that is SHA-1", "other_digest", sha1],
    ["that is SHA-512", "other_digest", sha512],
    ["as PostgreSQL prints bytes", "other_digest", `\\x${SOME_DIGEST}`],
    ["as others print bytes", "other_digest", `0x${SOME_DIGEST.toUpperCase()}`],
    ["in base64", "other_digest", Buffer.from(SOME_DIGEST, "hex").toString("base64")],
  ])("%s", (_, reason, email) => {
    expect(emails(email)).toEqual({ [reason]: 1 });
  });

  it("not if it is SHA-256 in lower case, whatever the case of its suffix", () => {
    expect(emails(SOME_DIGEST, `${SOME_DIGEST}.AB`)).toEqual({});
  });

  it("where Meta takes plain values", () => {
    const people = [{ mobile_advertising_id: SOME_DIGEST }];
    const report = audienceQuality("MADID: {identifier: mobile_advertising_id}", people);
    expect(suspicions(report, "MADID")).toEqual({ digest_in_plain_field: 1 });
    expect(report.fields).toMatchObject([{ usable: 1, hashedBefore: 0 }]);
  });
});

describe("a phone number is suspicious", () => {
  it.each(["+16505551213", "1 650 555 1213", "06505551213", "(1)6505551213"])(
    "hashed as %s, for Meta hashes digits with the country code in front",
    (phone) => {
      expect(phones(PHONE, phone)).toEqual({ phone_not_digits: 1 });
    },
  );

  it("not where the mapping takes the digits out", () => {
    expect(phones(DIGITS, "+1 (650) 555-1213")).toEqual({});
    expect(phones(PHONE, "16505551213")).toEqual({});
  });

  it("too short to have a country code", () => {
    expect(phones(DIGITS, "555121", "6834002")).toEqual({ short_phone: 1 }); // the latter of Niue
  });

  it("whose zeros stand for a plus sign, where the mapping leaves them", () => {
    expect(phones(DIGITS, "0049 30 23125003")).toEqual({ phone_not_digits: 1 });
    expect(phones(META, "0049 30 23125003")).toEqual({});
  });

  it.each(["030 23125003", "(650) 555-1213", "06.39.98.32.29", "415-555-0189"])(
    "without its calling code: %s",
    (phone) => {
      expect(phones(META, phone)).toEqual({ no_calling_code: 1 });
    },
  );

  it.each(["+49 30 23125003", "0049 30 23125003", "493023125003", "1 (650) 555-1213"])(
    "but not with it: %s",
    (phone) => {
      expect(phones(META, phone)).toEqual({});
    },
  );

  it("not where its country is told, of whatever person it is", () => {
    const report = audienceQuality(
      "PHONE: {identifier: phone, normalize: meta_phone, country: {identifier: country}, hash: sha256}",
      [
        { phone: "030 23125003", country: "DE" },
        { phone: "(650) 555-1213", country: "us" },
        { phone: "06 39 98 32 29" },
        { phone: "06 39 98 32 29", country: "" },
      ],
    );
    expect(suspicions(report, "PHONE")).toEqual({ no_calling_code: 2 });
  });

  it.each(["0000000000", "+0000000000", "9999999999", "1234567890", "unknown", "-"])(
    "as a stand-in: %s",
    (phone) => {
      expect(phones(PHONE, phone)).toEqual({ stand_in: 1 });
    },
  );
});

describe("other values are suspicious", () => {
  it.each(["03/04/1990", "3.4.90", "03-04-1990"])("dates that read as two: %s", (date) => {
    const db = "db: {identifier: date_of_birth, hash: sha256}";
    expect(suspicions(eventQuality(db, [{ date_of_birth: date }]), BORN)).toEqual({
      ambiguous_date: 1,
    });
  });

  it.each(["13/04/1990", "03/13/1990", "04/04/1990", "1990-03-04", "19900304"])(
    "but not %s, which reads as one",
    (date) => {
      const db = "db: {identifier: date_of_birth, hash: sha256}";
      expect(suspicions(eventQuality(db, [{ date_of_birth: date }]), BORN)).toEqual({});
    },
  );

  it("names that are hashed with capitals, unless the mapping lower-cases them", () => {
    const people = [{ first_name: "Anna" }, { first_name: "bea" }];
    const of = (fn: string) => suspicions(eventQuality(fn, people), "user_data.fn");
    expect(of("fn: {identifier: first_name, hash: sha256}")).toEqual({ upper_case: 1 });
    expect(of("fn: {identifier: first_name, normalize: lowercase, hash: sha256}")).toEqual({});
  });

  it("device ids of zeros, which stand for a person who refused", () => {
    const id = "00000000-0000-0000-0000-000000000000";
    const people = [{ mobile_advertising_id: id }];
    const report = audienceQuality("MADID: {identifier: mobile_advertising_id}", people);
    expect(suspicions(report, "MADID")).toEqual({ stand_in: 1 });
  });

  it("but not ids of one's own that look like a digest, nor surnames of two letters", () => {
    const external = { external_id: "d41d8cd98f00b204e9800998ecf8427e" };
    const own = "external_id: {identifier: external_id, hash: sha256}";
    expect(suspicions(eventQuality(own, [external]), "user_data.external_id")).toEqual({});
    const ln = "ln: {identifier: last_name, normalize: lowercase, hash: sha256}";
    expect(suspicions(eventQuality(ln, [{ last_name: "Na" }]), "user_data.ln")).toEqual({});
  });
});
