import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/core/digest.js";
import type { ValueForm } from "../../src/mapping/form.js";
import { quickText, type QuickText } from "../../src/mapping/quick-text.js";
import { readMapping } from "../../src/mapping/read-mapping.js";

/** The form of `user_data.em`, or of a field of the event. */
function formOf(line: string): ValueForm {
  const { mapping } = readMapping(`mapping: 1\nsurface: events\nevent: {${line}}\n`, "m.yaml");
  const [field] = mapping?.surface === "events" ? mapping.event.fields : [];
  const form = field?.form.kind === "object" ? field.form.fields[0]?.form : field?.form;
  if (form?.kind !== "value") throw new Error("the line holds no value");
  return form;
}

function quick(line: string): QuickText {
  const found = quickText(formOf(line));
  if (found === undefined) throw new Error("the form has no short way");
  return found;
}

const EMAIL = "user_data: {em: {identifier: email, normalize: meta_email, hash: sha256}}";

describe("the short way of a text", () => {
  it("is that of its steps: trimmed, normalised and hashed", () => {
    expect(quick(EMAIL)(" One@Example.Test ", undefined)).toBe(sha256("one@example.test"));
    expect(quick("event_name: payload.name")(" Lead ", undefined)).toBe("Lead");
  });

  it("knows the country where that matters", () => {
    const phone = quick(
      "user_data: {ph: {identifier: phone, normalize: meta_phone, country: payload.c, hash: sha256}}",
    );
    expect(phone("030 23125003", "DE")).toBe(sha256("493023125003"));
    expect(phone("030 23125003", "AT")).toBe(sha256("433023125003"));
  });

  it.each([
    ["what is no text", 7],
    ["what is blank", " "],
    ["what may be a digest", "A".repeat(64)],
    ["what only looks like an address, which is counted", "nobody"],
  ])("is not taken by %s", (_, value) => {
    expect(quick(EMAIL)(value, undefined)).toBeUndefined();
  });

  it("does not exist for numbers, times, lists of lists or custom properties", () => {
    for (const line of [
      "event_time: occurred_at",
      "opt_out: payload.out",
      "custom_data: {mine: payload.mine}",
      "custom_data: {contents: payload.items}",
    ])
      expect(quickText(formOf(line)), line).toBeUndefined();
  });
});
