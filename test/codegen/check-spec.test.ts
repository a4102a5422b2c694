import { describe, expect, it } from "vitest";
import { checkSpec } from "../../codegen/check/check-spec.js";
import { fixtureSources } from "./fixture-sources.js";

function faults(from: string, to: string): readonly string[] {
  const sources = fixtureSources((text) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  });
  return checkSpec(sources.graph).map(({ place, message }) => `${place}: ${message}`);
}

const AT = "spec/graph.openapi.yaml#/components/schemas";

describe("the check of the spec", () => {
  it("finds nothing in a sound spec", () => {
    expect(checkSpec(fixtureSources().graph)).toEqual([]);
  });

  it("names a property without a description", () => {
    expect(faults("total: { type: number, description: What it is worth. }", "total: {}")).toEqual([
      `${AT}/CustomData/properties/total: it needs a \`description\`, one sentence`,
    ]);
  });

  it("names a position without a description", () => {
    expect(faults(", description: Its model.", "")).toEqual([
      `${AT}/CustomData/properties/device/prefixItems/1: it needs a \`description\`, one sentence`,
    ]);
  });

  it("names a property for which no page is linked", () => {
    expect(faults("externalDocs: { url: https://example.com/things }", "")).toEqual([
      `${AT}/Thing/properties/count: neither it nor what encloses it has \`externalDocs.url\``,
    ]);
  });

  it("names columns that only one side knows", () => {
    expect(faults("enum: [EMAIL, WORTH, LIMITS]", "enum: [EMAIL, WORTH, PHONE]")).toEqual([
      `${AT}/AudienceColumn: \`AudienceRow\` has a column \`LIMITS\` that is missing here`,
      `${AT}/AudienceRow: \`AudienceColumn\` has a column \`PHONE\` that is missing here`,
    ]);
  });

  it("names a hashed field that is not a digest", () => {
    const [fault, ...others] = faults("x-hash: optional", "x-hash: required");
    expect(fault).toBe(
      `${AT}/UserData/properties/own_id: \`x-hash: required\` needs a reference to \`Sha256\``,
    );
    expect(others).toEqual([]);
  });

  it("names a digest that does not say that it is hashed", () => {
    expect(faults("          x-hash: required\n          x-name: [email]\n", "")).toEqual([
      `${AT}/UserData/properties/em: it refers to \`Sha256\`, so it needs \`x-hash: required\``,
    ]);
  });

  it("names a key of a weak set that `UserData` lacks", () => {
    expect(faults("[[em, page], [page]]", "[[em, page], [page, emial]]")).toEqual([
      `${AT}/UserData/x-too-weak/sets/1/1: \`UserData\` has no \`emial\``,
    ]);
  });

  it("names a required key that `CustomData` lacks", () => {
    expect(faults("total: 42, state: 43", "totla: 42, state: 43")).toEqual([
      `${AT}/CustomData/x-required-for/Order/totla: \`CustomData\` has no \`totla\``,
    ]);
  });

  it("names a field that an action source asks for and `Event` lacks", () => {
    expect(faults("[person.page]", "[person.pge]")).toEqual([
      `${AT}/ActionSource/x-asks-for/website/0: \`Event\` has no \`person.pge\``,
    ]);
  });

  it.each([
    ["x-max-age: { default: 60, shop: 120 }", "x-max-age: { default: 60, shopp: 120 }", "/shopp"],
    ["x-dedup: { default: 30 }", "x-dedup: { default: 30, shopp: 60 }", "/shopp"],
    ["x-asks-for: { website:", "x-asks-for: { shopp:", "/shopp"],
    ["x-dedup-without-id: [shop]", "x-dedup-without-id: [shop, shopp]", "/1"],
  ])("names an action source that there is not: %s", (from, to, place) => {
    expect(faults(from, to)).toEqual([
      `${AT}/ActionSource/${to.split(":")[0] ?? ""}${place}: \`ActionSource\` has no \`shopp\``,
    ]);
  });

  it("takes `default` for no action source", () => {
    expect(faults("x-dedup-without-id: [shop]", "x-dedup-without-id: [default]")).toEqual([
      `${AT}/ActionSource/x-dedup-without-id/0: \`ActionSource\` has no \`default\``,
    ]);
  });

  it("names a field whose name would mean something else in code", () => {
    expect(faults("        own_id:", '        "__proto__x":')).toEqual([
      `${AT}/UserData/properties/__proto__x: a field's name is a letter and then letters, digits and \`_\``,
    ]);
  });
});
