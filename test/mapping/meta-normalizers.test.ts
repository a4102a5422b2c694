import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { audienceMapping, eventMapping, eventOf, render } from "./render.js";

const HEX = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
const MD5 = "5eb63bbbe01eeed093cb22bb8f5acdc3";

function identifiers(...pairs: readonly (readonly [type: string, value: string])[]) {
  return { identifiers: pairs.map(([type, value]) => ({ type, value })) };
}

describe("a rule of Meta's in a mapping", () => {
  it("drops what it cannot use, counts it by reason, and keeps the rest of the record", () => {
    const mapping = eventMapping(`
      user_data:
        em: {identifier: email, normalize: meta_email, hash: sha256}
        ph: {identifier: phone, normalize: meta_phone, hash: sha256}
    `);
    const given = identifiers(
      ["email", " Ann@Example.test"],
      ["phone", "110"],
      ["phone", "n/a"],
      ["phone", "911"],
    );
    expect(render(mapping, given)).toMatchObject({
      result: { user_data: { em: [sha256("ann@example.test")] } },
      dropped: { "user_data.ph": { too_short: 2, nothing_left: 1 } },
    });
  });

  it("drops digests other than SHA-256, which are hashed where no rule stands", () => {
    const field = (normalize: string) =>
      eventMapping(`user_data: {fn: {identifier: first_name, ${normalize}hash: sha256}}`);
    const given = identifiers(["first_name", MD5]);
    expect(render(field("normalize: meta_name, "), given)).toMatchObject({
      result: undefined,
      dropped: { "user_data.fn": { other_digest: 1 } },
    });
    expect(render(field(""), given).result).toEqual({ user_data: { fn: [sha256(MD5)] } });
  });

  it("sends what only looks wrong, and counts it", () => {
    const mapping = eventMapping(`
      user_data:
        em: {identifier: email, normalize: [trim, meta_email, lowercase], hash: sha256}
        db: {identifier: date_of_birth, normalize: meta_birth_date, hash: sha256}
    `);
    const given = identifiers(["email", "Nobody"], ["date_of_birth", "03.02.1997"]);
    expect(render(mapping, given)).toMatchObject({
      result: { user_data: { em: [sha256("nobody")], db: [sha256("19970302")] } },
      dropped: {},
      suspicious: {
        "user_data.em": { implausible_email: 1 },
        "user_data.db": { ambiguous_date: 1 },
      },
    });
  });

  it("takes the country of the same record", () => {
    const field = `
      user_data:
        ph:
          identifier: phone
          normalize: meta_phone
          country: {identifier: country, default: US}
          hash: sha256
    `;
    const german = identifiers(["phone", "030 5550123"], ["country", "Germany"]);
    expect(eventOf(field, german)).toEqual({ user_data: { ph: [sha256("49305550123")] } });
    expect(eventOf(field, identifiers(["phone", "(650) 555-1212"]))).toEqual({
      user_data: { ph: [sha256("16505551212")] },
    });
  });
});

describe("a part of a value", () => {
  const BIRTH = audienceMapping(`
    DOBY: {identifier: [date_of_birth_year, date_of_birth], normalize: meta_birth_year, hash: sha256}
    FI: {identifier: [first_initial, first_name], normalize: meta_initial, hash: sha256}
  `);

  it("is taken of the whole where that is plain", () => {
    const given = identifiers(["date_of_birth", "1997-02-16"], ["first_name", "Ann"]);
    expect(render(BIRTH, given).result).toEqual({ DOBY: [sha256("1997")], FI: [sha256("a")] });
  });

  it("is not the digest of the whole, which is dropped", () => {
    const given = identifiers(["date_of_birth", HEX], ["first_name", HEX]);
    expect(render(BIRTH, given)).toMatchObject({
      result: {},
      dropped: { DOBY: { digest_of_whole: 1 }, FI: { digest_of_whole: 1 } },
    });
  });

  it("is the digest of its own type, and that of a column that somebody chose", () => {
    const given = identifiers(["date_of_birth_year", HEX], ["first_initial", HEX]);
    expect(render(BIRTH, given).result).toEqual({ DOBY: [HEX], FI: [HEX] });
    const chosen =
      "user_data: {doby: {from: payload.year, normalize: meta_birth_year, hash: sha256}}";
    expect(eventOf(chosen, { payload: { year: HEX } })).toEqual({ user_data: { doby: HEX } });
  });

  it("is no digest of the whole either where nothing is hashed", () => {
    const mapping = eventMapping(
      "custom_data: {born: {identifier: date_of_birth, normalize: meta_birth_year}}",
    );
    expect(render(mapping, identifiers(["date_of_birth", HEX])).dropped).toEqual({
      "custom_data.born": { digest_of_whole: 1 },
    });
    expect(render(mapping, identifiers(["date_of_birth", "1997-02-16"])).result).toEqual({
      custom_data: { born: "1997" },
    });
  });

  it("has a default that counts as the part", () => {
    const mapping = `
      user_data:
        doby: {identifier: date_of_birth, default: ${HEX}, normalize: meta_birth_year, hash: sha256}
    `;
    expect(eventOf(mapping)).toEqual({ user_data: { doby: HEX } });
  });
});
