import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import { columnsOf, eventMapping, eventOf, render } from "./render.js";

const EMAIL = "user_data: {em: {identifier: email, normalize: lowercase, hash: sha256}}";
const HEX = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

function emails(...values: readonly (string | null)[]) {
  return { identifiers: values.map((value) => ({ type: "email", value })) };
}

describe("hash: sha256", () => {
  it("sends the digest of the UTF-8 bytes, in lower-case hex", () => {
    expect(eventOf(EMAIL, emails("hello world"))).toEqual({ user_data: { em: [HEX] } });
  });

  it("trims white space of every kind first", () => {
    expect(eventOf(EMAIL, emails("\u00a0Hello World\u2003\n"))).toEqual({
      user_data: { em: [HEX] },
    });
  });

  it("keeps a digest: hex in lower case, the suffix as it is", () => {
    const upper = HEX.toUpperCase();
    expect(eventOf(EMAIL, emails(` ${upper} `, `${upper}.aB`, `${upper}.A-b_C4d8`))).toEqual({
      user_data: { em: [HEX, `${HEX}.aB`, `${HEX}.A-b_C4d8`] },
    });
  });

  it("hashes what only looks like a digest", () => {
    const nearly = [`${HEX}.abc`, HEX.slice(1), `${HEX.slice(1)}g`];
    expect(eventOf(EMAIL, emails(...nearly))).toEqual({
      user_data: { em: nearly.map((value) => sha256(value)) },
    });
  });

  it("keeps a digest that `default` or `map` gave", () => {
    const mapping = `
      user_data:
        em: {from: payload.mail, map: {a: "${HEX.toUpperCase()}"}, default: ${HEX}, hash: sha256}
    `;
    expect(eventOf(mapping)).toEqual({ user_data: { em: [HEX] } });
    expect(eventOf(mapping, { payload: { mail: "a" } })).toEqual({ user_data: { em: [HEX] } });
  });

  it("never hashes what is blank", () => {
    expect(eventOf(EMAIL, emails(" ", null, ""))).toEqual({});
  });

  it("counts and drops what is blank once normalised", () => {
    const mapping = eventMapping(
      "user_data: {ph: {identifier: phone, normalize: digits, hash: sha256}}",
    );
    const { result, dropped } = render(mapping, { identifiers: [{ type: "phone", value: "n/a" }] });
    expect(result).toBeUndefined();
    expect(dropped).toEqual({ "user_data.ph": { nothing_left: 1 } });
  });

  it("sends equal digests once in a list that the spec wants unique", () => {
    expect(eventOf(EMAIL, emails("A@example.test", "a@example.test"))).toEqual({
      user_data: { em: [sha256("a@example.test")] },
    });
  });

  it("sends every digest of an audience column, equal ones too", () => {
    expect(
      columnsOf(
        "EMAIL: {identifier: email, normalize: lowercase, hash: sha256}",
        emails("A@example.test", "a@example.test"),
      ),
    ).toEqual({ EMAIL: [sha256("a@example.test"), sha256("a@example.test")] });
  });

  it("is a choice where the spec says so, and for custom properties", () => {
    const mapping = `
      user_data: {external_id: {from: payload.id, hash: sha256}}
      custom_data: {member: {from: payload.id, hash: sha256}}
    `;
    expect(eventOf(mapping, { payload: { id: 7 } })).toEqual({
      user_data: { external_id: [sha256("7")] },
      custom_data: { member: sha256("7") },
    });
    expect(eventOf("user_data: {external_id: payload.id}", { payload: { id: 7 } })).toEqual({
      user_data: { external_id: ["7"] },
    });
  });

  it("takes the values of a list one by one", () => {
    expect(
      eventOf("user_data: {em: {from: payload.mails, normalize: lowercase, hash: sha256}}", {
        payload: { mails: ["A", "b", "a"] },
      }),
    ).toEqual({ user_data: { em: [sha256("a"), sha256("b")] } });
  });
});

describe("an identifier at a single field", () => {
  it("gives its first usable value", () => {
    const mapping = eventMapping(
      "user_data: {fi: {identifier: initial, normalize: alphanumeric, hash: sha256}}",
    );
    const identifiers = ["-", "a", "b"].map((value) => ({ type: "initial", value }));
    const { result, dropped } = render(mapping, { identifiers });
    expect(result).toEqual({ user_data: { fi: sha256("a") } });
    expect(dropped).toEqual({ "user_data.fi": { nothing_left: 1 } });
  });
});
