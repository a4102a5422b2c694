import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runExamples } from "../../src/checks/examples.js";
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
