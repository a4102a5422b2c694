import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkMappingText } from "../../src/checks/check-mapping.js";

const FOLDER = new URL("../../mappings/", import.meta.url);
const SHIPPED = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));

/** The contract keeps the `+` of a number, as the page of the check says. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  "custom_audiences.yaml": ["check.phone_plus"],
  "events.yaml": ["check.phone_plus"],
};

describe("the mappings of the package", () => {
  it.each(SHIPPED)("%s gets no warning but those of the contract", (file) => {
    const diagnostics = checkMappingText(readFileSync(new URL(file, FOLDER), "utf8"), file);
    expect(diagnostics.map(({ code }) => code)).toEqual(SAID[file] ?? []);
  });
});
