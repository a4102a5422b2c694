import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkMappingText } from "../../src/checks/check-mapping.js";
import { readSyncFile } from "../../src/config/read-sync-file.js";
import { withoutErrors } from "../../src/core/diagnostic.js";
import { compile } from "../../src/mapping/compile.js";
import { readMapping } from "../../src/mapping/read-mapping.js";
import { RECORD_SHAPE } from "../../src/mapping/record-shape.js";
import { BYTES, expectNoPollution, expectReadable, RISKY_NAMES } from "../hostile.js";

/** Reads a text as both kinds of file, as far as it goes; says whether it is a sound mapping. */
function read(text: string): boolean {
  const { mapping, diagnostics } = readMapping(text, "mapping.yaml");
  if (mapping === undefined) expect(withoutErrors(diagnostics)).toBe(false);
  else compile(mapping, RECORD_SHAPE, new Map());
  expectReadable(checkMappingText(text, "mapping.yaml"), text);
  const sync = readSyncFile(text, "sync.yaml", "/project");
  expectReadable(sync.ok ? [] : sync.error, text);
  expectNoPollution();
  return mapping !== undefined;
}

const LONG = 10_000_000;
const DEEP = 100_000;

/** A length that still fits into a file, so that what quotes it is met. */
const FITS = 900_000;

function event(lines: string): string {
  return `mapping: 1\nsurface: events\nevent:\n${lines}\n`;
}

function indented(levels: number, line: string): string {
  return Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}${line}`).join("\n");
}

function bomb(levels: number, width: number): string {
  return Array.from({ length: levels }, (_, level) => {
    const inner = level === 0 ? "x" : `*l${String(level - 1)}`;
    return `l${String(level)}: &l${String(level)} [${new Array<string>(width).fill(inner).join(", ")}]`;
  }).join("\n");
}

const HUGE: Readonly<Record<string, string>> = {
  "one word of 10 MB": "x".repeat(LONG),
  "a quoted text of 10 MB": `"${"x".repeat(LONG)}"`,
  "a key of 10 MB": `${"k".repeat(LONG)}: 1`,
  "a block of text of 10 MB": event(`  event_id: |\n${"    x\n".repeat(LONG / 6)}`),
  "a comment of 10 MB": `#${"x".repeat(LONG)}`,
  "10 MB of blanks": " ".repeat(LONG),
  "10 MB of empty lines": "\n".repeat(LONG),
  "a word as a path": event(`  event_id: ${"x".repeat(FITS)}`),
  "a block of text as a path": event(`  event_id: |\n${"    x\n".repeat(FITS / 6)}`),
  "a path without end": event(`  event_id: payload.${"a/".repeat(FITS / 2)}`),
  "a normaliser": event(`  event_id: {from: identity, normalize: ${"x".repeat(FITS)}}`),
  "a key in quotes": event(`  custom_data: {"${"k".repeat(FITS)}": identity}`),
  "a key after a question mark": event(`  ? ${"k".repeat(FITS)}\n  : identity`),
  "an unknown surface": `mapping: 1\nsurface: ${"x".repeat(FITS)}\nevent: {}`,
  "an unknown column": `mapping: 1\nsurface: custom_audiences\nschema:\n  ${"K".repeat(1_000)}: identity\n`,
  "a number of 100,000 digits": event(`  event_id: {value: ${"9".repeat(DEEP)}}`),
  "a syntax error": `${"x".repeat(FITS)} "y": [`,
  "10,000 directives": "%YAML 1.2\n".repeat(10_000),
};

const WIDE: Readonly<Record<string, string>> = {
  "a flow list": `[${"1,".repeat(200_000)}]`,
  "a block list": "- 1\n".repeat(200_000),
  "20,000 keys": Array.from({ length: 20_000 }, (_, key) => `k${String(key)}: 1`).join("\n"),
  anchors: "&a ".repeat(DEEP),
  tags: "!a ".repeat(DEEP),
  quotes: '"'.repeat(20_000),
  "closing brackets": "]".repeat(DEEP),
  "closing brackets, a few less": "]".repeat(20_000),
  commas: `[${",".repeat(20_000)}]`,
  documents: "---\n".repeat(DEEP),
  "keys without a name": ": ".repeat(DEEP),
  "an alias 50,000 times": `a: &a [1]\nb: [${"*a,".repeat(50_000)}]`,
  "an alias bomb": bomb(9, 9),
  "an alias bomb of a hundred levels": bomb(100, 2),
  "an alias of itself": "a: &a\n  b: &b [*a, *b, *a]\n",
};

const NESTED: Readonly<Record<string, string>> = {
  "flow lists": "[".repeat(DEEP),
  "flow maps": "{".repeat(DEEP),
  "flow pairs": "{a: ".repeat(DEEP),
  "flow keys": "{? ".repeat(DEEP),
  "block lists": "- ".repeat(DEEP),
  "explicit keys": "? ".repeat(DEEP),
  "lists in maps in lists": "- [{a: ".repeat(DEEP),
  indents: indented(1_300, "a:"),
  "lists at their indents": indented(1_200, "- a:"),
  "question marks at their indents": indented(900, "? ["),
  "a field of an event": event(`  custom_data: ${"{a: ".repeat(DEEP)}`),
};

describe("a file that would take all time and memory", () => {
  const before = process.resourceUsage().maxRSS;

  it.each([...Object.entries(HUGE), ...Object.entries(WIDE), ...Object.entries(NESTED)])(
    "gets diagnostics: %s",
    (_, text) => {
      expect(read(text)).toBe(false);
    },
    10_000,
  );

  // What of it is rubbish that nobody has collected yet is chance: half a gigabyte was met.
  it("takes no more than 1 GB", () => {
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(1_024 * 1_024);
  });
});

/** What YAML files are made of, so that chance meets more than syntax errors. */
const PIECES = [
  ...["\n", "\n  ", "\n    ", " ", ": ", "- ", "? ", "| ", "> ", "[", "]", "{", "}", ", ", "#"],
  ...["&a ", "*a", "<<: *a", "!!set ", "!x ", "---\n", "...\n", "%TAG ! x\n", '"', "'", "\\", "\t"],
  ...[
    "mapping: 1\n",
    "surface: events\n",
    "surface: custom_audiences\n",
    "event:\n  ",
    "schema:\n  ",
  ],
  ...["event_id: ", "custom_data: ", "user_data: ", "EMAIL: ", "payload", "payload.x", "identity"],
  ...[
    "{value: 1}",
    "{from: ",
    "identifier: ",
    "each: ",
    "item: ",
    "map: ",
    "default: ",
    "hash: sha256",
  ],
  ...["012", "0x1f", "1e999", ".inf", ".nan", "12345678901234567890", "~", "true", "2026-01-01"],
  ...["\0", "\u0007", "\u001b[2J", "\u202e", "\u2028", "\ufeff", "\ud800", "𝄞", "ann@example.test"],
  ...[
    "source:\n  ",
    "destination:\n  ",
    "state:\n  ",
    "sync: ",
    "key: ",
    "${x}",
    "`",
    "[object Object]",
  ],
  ...RISKY_NAMES.flatMap((name) => [name, `${name}: `, `payload.${name}`]),
];

const SHIPPED_FOLDER = new URL("../../mappings/", import.meta.url);
const SHIPPED = readdirSync(SHIPPED_FOLDER)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => readFileSync(new URL(file, SHIPPED_FOLDER), "utf8"))
  .map((text) => text.slice(0, text.indexOf("\nexamples:") + 1 || undefined));

/** A shipped mapping of which pieces were taken out and others put in. */
const DAMAGED = fc
  .tuple(
    fc.constantFrom(...SHIPPED),
    fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.constantFrom(...PIECES)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((whole, [place, length, piece]) => {
      const at = place % (whole.length + 1);
      return `${whole.slice(0, at)}${piece}${whole.slice(at + length)}`;
    }, text),
  );

describe("any file", () => {
  it.each([
    ["random bytes", BYTES.map((bytes) => Buffer.from(bytes).toString("utf8")), 150],
    ["random characters", fc.string({ unit: "binary", maxLength: 300 }), 150],
    [
      "random pieces of YAML",
      fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join("")),
      400,
    ],
    ["a damaged mapping", DAMAGED, 60],
  ])("is sound or gets diagnostics that can be read: %s", (_, texts, numRuns) => {
    fc.assert(
      fc.property(texts, (text) => {
        read(text);
      }),
      { numRuns },
    );
  });
});
