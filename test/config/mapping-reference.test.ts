import { describe, expect, it } from "vitest";
import { readBindingFile } from "../../src/config/binding-declaration.js";
import { mappingReference } from "../../src/config/mapping-reference.js";
import { declaredMapping, resolveBinding } from "../../src/config/resolve-binding.js";
import { NO_SOURCES } from "./bindings.js";
import { valueOf } from "./told.js";

const place = { kind: "value", source: "--mapping", path: "" } as const;

describe("a reference to a mapping", () => {
  it.each(["events", "events.meta", "custom_audiences.meta"])("names a shipped one: %s", (name) => {
    expect(mappingReference(name, "/project", place)).toEqual({ kind: "shipped", name, place });
  });

  it.each([
    ["mine.yaml", "/project/mine.yaml"],
    ["mine.YML", "/project/mine.YML"],
    ["./mine", "/project/mine"],
    ["../maps/mine.yaml", "/maps/mine.yaml"],
    ["/elsewhere/mine.yaml", "/elsewhere/mine.yaml"],
  ])("is the path of a file: %s", (text, path) => {
    expect(mappingReference(text, "/project", place)).toEqual({ kind: "file", path, place });
  });

  it("is known before its surface is, with its place", () => {
    const declaration = valueOf(readBindingFile("mapping: events", "b.yaml", "/project"));
    expect(declaredMapping(declaration)).toEqual({
      kind: "shipped",
      name: "events",
      place: { kind: "text", file: "b.yaml", span: { start: 9, end: 15 } },
    });
  });

  it("yields to one from the command line", () => {
    const file = valueOf(
      readBindingFile("mapping: events\nconfig: {ad_account_id: 1}", "b.yaml", "/project"),
    );
    const mapping = mappingReference("mine.yaml", "/here", place);
    const declaration = { ...file, mapping };
    expect(declaredMapping(declaration)).toBe(mapping);
    const binding = valueOf(resolveBinding(declaration, "custom_audiences", NO_SOURCES));
    expect(binding.mapping).toBe(mapping);
  });

  it("may be missing in a binding", () => {
    const declaration = valueOf(readBindingFile("mapping: []", "b.yaml", "/project"));
    expect(declaredMapping(declaration)).toBeUndefined();
    expect(declaredMapping(valueOf(readBindingFile("- 1", "b.yaml", "/project")))).toBeUndefined();
  });
});
