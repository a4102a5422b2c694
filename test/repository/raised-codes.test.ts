/** The catalogue and the code agree: what is raised stands in it, and what stands in it is raised. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CHECKS } from "../../src/checks/registry.js";
import { cataloguedCodes } from "../../src/core/catalogue/catalogue.js";
import { FINDING_CODES } from "../../src/doctor/finding.js";
import { LOG_EVENTS } from "../../src/telemetry/log-catalogue.js";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));
const FILES = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !/^(core.catalogue|generated)/.test(file),
);
const TEXT = textOf(FILES);

/** Of the code alone: comments may speak of what is not there. */
function textOf(files: readonly string[]): string {
  return files
    .map((file) => readFileSync(path.join(SOURCE, file), "utf8"))
    .join("\n")
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

const CATALOGUED = cataloguedCodes();
const KNOWN = new Set<string>([...CATALOGUED, ...FINDING_CODES, ...CHECKS.map(({ code }) => code)]);
/** What has the form of a code and is none: keys that records are completed from, a file, an ending. */
const NO_CODES = [
  "config.action_source",
  "config.ad_account_id",
  "config.custom_audience_customer_file_source",
  "config.pixel_id",
  "emulator.duckdb",
  "sync.yaml",
];
const AREAS = new Set([...KNOWN].filter((code) => code.includes(".")).map((code) => areaOf(code)));

function areaOf(code: string): string {
  return code.split(".")[0] ?? "";
}

/** Texts with the form and the area of a code that the catalogue does not have. */
function unknownIn(text: string): readonly string[] {
  const written = Array.from(text.matchAll(/"([a-z]+\.[a-z_]+)"/g), ([, code = ""]) => code);
  const unknown = written.filter(
    (code) => AREAS.has(areaOf(code)) && !KNOWN.has(code) && !(code in LOG_EVENTS),
  );
  return [...new Set(unknown)].toSorted();
}

/** Areas that the code of their own folder adds to the names of what it raises. */
const BY_NAME = new Map(
  ["config", "mapping"].map((area) => {
    const text = textOf(FILES.filter((file) => file.startsWith(`${area}${path.sep}`)));
    return [area, quotedIn(text.includes(`\`${area}.\${code}\``) ? text : "")];
  }),
);

function quotedIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(/"([a-z_.]+)"/g), ([, quoted = ""]) => quoted));
}

/** Codes that are raised neither whole in the text nor by their name in the folder of their area. */
function unraisedIn(text: string, codes: readonly string[]): readonly string[] {
  const whole = quotedIn(text);
  const keys = new Set(Array.from(text.matchAll(/^\s*([a-z_]+):/gm), ([, name]) => name));
  return codes.filter((code) => {
    const [area = "", name = ""] = code.split(".");
    return !whole.has(code) && !keys.has(code) && BY_NAME.get(area)?.has(name) !== true;
  });
}

describe("codes of errors", () => {
  it("stand in the catalogue where the code raises them", () => {
    expect(unknownIn(TEXT)).toEqual(NO_CODES);
    expect(unknownIn('fail("store.exploded"); name("a.csv");')).toEqual(["store.exploded"]);
  });

  it("are raised by the code where they stand in the catalogue", () => {
    expect(unraisedIn(TEXT, CATALOGUED)).toEqual([]);
    // The name stands in the code, though not for a code of these areas.
    const silent = ["ledger.silent", "config.silent"];
    expect(unraisedIn(TEXT, silent)).toEqual(silent);
    expect(unraisedIn(TEXT.replaceAll('"store.in_use"', ""), CATALOGUED)).toEqual(["store.in_use"]);
  });
});
