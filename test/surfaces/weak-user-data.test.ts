import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/core/json.js";
import { weakUserData } from "../../src/surfaces/weak-user-data.js";

const DIGEST = ["a".repeat(64)];
const REMEDY = "Add an e-mail address, a phone number or an external id.";

/** What is said about an event with these keys of `user_data`. */
function about(userData: JsonObject) {
  return weakUserData({ event_name: "Lead", user_data: userData });
}

function withKeys(...keys: readonly string[]) {
  return about(Object.fromEntries(keys.map((key) => [key, DIGEST])));
}

describe("an event says too little about the person", () => {
  it.each([
    [["ct", "country", "st", "zp", "ge", "client_user_agent"]],
    [["db", "client_user_agent"]],
    [["fn", "ge"]],
    [["ln", "ge"]],
  ])("with all keys of a weak set: %j", (keys) => {
    expect(withKeys(...keys)).toEqual({
      code: "too_weak",
      field: "user_data",
      message: `\`user_data\` has only ${keys.map((key) => `\`${key}\``).join(", ")}, which Meta refuses as too little to find a person (2804050). ${REMEDY}`,
    });
  });

  it.each([[["zp"]], [["ge"]], [["client_user_agent"]], [["country", "ct"]], [["db"]], [["ln"]]])(
    "with some keys of one: %j",
    (keys) => {
      expect(withKeys(...keys)?.code).toBe("too_weak");
    },
  );

  it.each<[string, JsonObject]>([
    ["empty text", { ge: DIGEST, fbp: "" }],
    ["white space", { ge: DIGEST, fbp: " \u00a0" }],
    ["null", { ge: DIGEST, fbp: null }],
    ["an empty list", { ge: DIGEST, em: [] }],
    ["a list of blanks", { ge: DIGEST, em: ["", null, []] }],
  ])("when another key holds %s, which is not there for Meta", (_, userData) => {
    expect(about(userData)?.message).toBe(
      `\`user_data\` has only \`ge\`, which Meta refuses as too little to find a person (2804050). ${REMEDY}`,
    );
  });

  it.each<[string, Json]>([
    ["blanks only", { em: [], fbp: "" }],
    ["no key", {}],
    ["null", null],
  ])("with %s in `user_data`", (_, userData) => {
    expect(weakUserData({ user_data: userData })).toEqual({
      code: "too_weak",
      field: "user_data",
      message: `\`user_data\` has no key with a value, and Meta refuses such an event (2804050). ${REMEDY}`,
    });
  });

  it("without `user_data`", () => {
    expect(weakUserData({ event_name: "Lead" })?.field).toBe("user_data");
  });

  it("and its message has the names of the keys, never their values", () => {
    expect(about({ client_user_agent: "planted" })?.message).not.toContain("planted");
  });
});

describe("an event says enough about the person", () => {
  it.each([
    [["em"]],
    [["external_id"]],
    [["fbp"]],
    [["fn", "ln"]],
    [["fn", "ge", "client_user_agent"]],
    [["db", "ge"]],
    [["client_ip_address", "client_user_agent"]],
  ])("with keys that no weak set holds together: %j", (keys) => {
    expect(withKeys(...keys)).toBeUndefined();
  });

  it("with one value among blanks", () => {
    expect(about({ em: ["", DIGEST[0] ?? ""] })).toBeUndefined();
  });
});
