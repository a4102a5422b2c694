import { describe, expect, it } from "vitest";
import { EVENT } from "../../src/generated/fields.js";
import type { Requirement } from "../../src/mapping/form.js";
import { HeardFields } from "../../src/surfaces/heard-fields.js";
import { lackingCustomData } from "../../src/surfaces/lacking-custom-data.js";
import { weakUserData } from "../../src/surfaces/weak-user-data.js";

const NONE: Requirement = { anyOf: [], allOf: [] };
const ENOUGH = ["event_name", "event_time", "action_source", "user_data", "user_data.em"];

/** Tells of fields that they were written, and what the event is called. */
function told(heard: HeardFields, fields: readonly string[], name?: string): HeardFields {
  heard.clear();
  for (const field of fields) heard.presence(field)?.();
  if (name !== undefined) heard.value("event_name")?.(name);
  return heard;
}

function isEnough(fields: readonly string[], requirement = NONE, name?: string): boolean {
  return told(new HeardFields(requirement), fields, name).areEnough();
}

describe("what is heard of an event", () => {
  it("is its head, and nothing once the next event begins", () => {
    const heard = new HeardFields(NONE);
    const head = { event_name: "Lead", event_id: "e-1", event_time: 7, action_source: "app" };
    for (const [at, value] of Object.entries(head)) heard.value(at)?.(value);
    expect(heard.head()).toEqual(head);
    heard.clear();
    expect(Object.values(heard.head())).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("is of no other field its value", () => {
    for (const at of ["user_data", "custom_data.value", "event_source_url", ""])
      expect(new HeardFields(NONE).value(at)).toBeUndefined();
  });

  it("is of nobody's field that it was written", () => {
    const heard = new HeardFields({ anyOf: ["custom_data.mine"], allOf: [] });
    expect(heard.presence("custom_data.mine")).toBeDefined();
    for (const at of ["", "custom_data.other", "opt_out", "custom_data"])
      expect(heard.presence(at)).toBeUndefined();
  });
});

describe("an event has enough", () => {
  it.each(["event_name", "event_time", "action_source", "user_data"])("only with `%s`", (field) => {
    expect(isEnough(ENOUGH)).toBe(true);
    expect(isEnough(ENOUGH.filter((one) => one !== field))).toBe(false);
  });

  it("not with what the one before it had", () => {
    const heard = new HeardFields(NONE);
    expect(told(heard, ENOUGH).areEnough()).toBe(true);
    expect(told(heard, ["event_name"]).areEnough()).toBe(false);
    expect(told(heard, ENOUGH).areEnough()).toBe(true);
  });

  it("with all of what its mapping asks for, and one of what it asks one of", () => {
    const requirement = {
      anyOf: ["user_data.ph", "custom_data.a"],
      allOf: ["event_id", "opt_out"],
    };
    const all = [...ENOUGH, "event_id", "opt_out"];
    expect(isEnough([...all, "user_data.ph"], requirement)).toBe(true);
    expect(isEnough([...all, "custom_data.a"], requirement)).toBe(true);
    expect(isEnough(all, requirement)).toBe(false);
    expect(isEnough([...ENOUGH, "event_id", "custom_data.a"], requirement)).toBe(false);
  });

  it("of a name for which Meta asks for custom data with just that", () => {
    const custom = ["custom_data.value", "custom_data.currency"];
    expect(isEnough([...ENOUGH, ...custom], NONE, "Purchase")).toBe(true);
    for (const field of custom) expect(isEnough([...ENOUGH, field], NONE, "Purchase")).toBe(false);
    expect(isEnough(ENOUGH, NONE, "Lead")).toBe(true);
    expect(lackingCustomData({ event_name: "Purchase", custom_data: { value: 1 } })).toBeDefined();
  });

  it("of each two keys of `user_data` when the plain judgement says so", () => {
    const field = EVENT.fields["user_data"];
    const keys = field?.kind === "object" ? Object.keys(field.fields) : [];
    expect(keys.length).toBeGreaterThan(10);
    const event = ENOUGH.slice(0, 4);
    const pairs = keys.flatMap((one) => keys.map((other) => [one, other] as const));
    const judged = pairs.map(([one, other]) => ({
      isEnough: isEnough([...event, `user_data.${one}`, `user_data.${other}`]),
      pair: `${one}, ${other}`,
    }));
    const plainly = pairs.map(([one, other]) => ({
      isEnough: weakUserData({ user_data: { [one]: "x", [other]: "x" } }) === undefined,
      pair: `${one}, ${other}`,
    }));
    expect(judged).toEqual(plainly);
    expect(new Set(judged.map((pair) => pair.isEnough)).size).toBe(2);
  });
});
