import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExamples } from "../../src/checks/examples.js";
import { metaRuleOf } from "../../src/normalize/index.js";
import { leavesOfMapping } from "../../src/checks/leaves.js";
import { ALONE } from "../../src/checks/registry.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { SHIPPED_MAPPINGS } from "../../src/sync/load-mapping.js";

const FOLDER = new URL("../../mappings/", import.meta.url);
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));

it("are all found by their names", () => {
  expect(FILES.map((file) => file.replace(".yaml", "")).sort()).toEqual(
    [...SHIPPED_MAPPINGS].sort(),
  );
});

describe.each(FILES)("mappings/%s", (file) => {
  const { mapping, diagnostics } = readMapping(readFileSync(new URL(file, FOLDER), "utf8"), file);

  it("is sound", () => {
    expect(diagnostics).toEqual([]);
  });

  it("holds examples, and they come out as they say", () => {
    expect(mapping?.examples.length).toBeGreaterThan(0);
    expect(mapping && runExamples(mapping)).toEqual([]);
  });

  it("names the schema that editors complete from", () => {
    expect(readFileSync(new URL(file, FOLDER), "utf8").split("\n")[0]).toBe(
      "# yaml-language-server: $schema=./mapping.schema.json",
    );
  });
});

describe.each(["events.meta.yaml", "custom_audiences.meta.yaml"])("mappings/%s", (file) => {
  it("normalises what Meta takes hashed only by the rule that the compiler's remedy names", () => {
    const { mapping } = readMapping(readFileSync(new URL(file, FOLDER), "utf8"), file);
    const leaves = mapping === undefined ? [] : leavesOfMapping(mapping, ALONE);
    const hashed = leaves.filter(({ field }) => field.hash === "required");
    expect(hashed.length).toBeGreaterThan(10);
    for (const { at, field, steps } of hashed)
      expect([at, steps.normalize]).toEqual([at, [metaRuleOf(field.names[0] ?? "")]]);
  });
});
