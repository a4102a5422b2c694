import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { ProjectCopy, type Ending } from "./project-copy.js";

const COPIED = [
  ...["spec", "codegen", "src", "mappings", "test", "examples", "docs"],
  ...["package.json", "tsconfig.json", "vitest.config.ts"],
];

const GENERATED = [
  "docs/reference.md",
  "mappings/mapping.schema.json",
  "src/generated/constants.ts",
  "src/generated/fields.ts",
  "src/generated/graph.ts",
  "src/generated/schemas.ts",
];

const SPEC = "spec/graph.openapi.yaml";
const TSX = "tsx/dist/cli.mjs";
const VERSION_ENDS = "    x-version-ends:\n";
const NEW_VERSION = "      v99.0: { graph: null, marketing: null }\n";
const USER_DATA = "        client_ip_address:\n";
const NEW_FIELD =
  "        ring_size:\n          type: string\n          description: Size of the ring that the customer wears.\n";

const HALF_AN_HOUR_MS = 30 * 60_000;

/** Prints what the compiler of the copy, and then its schema, say against a mapping. */
const VERDICT = `
import { readFileSync } from "node:fs";
import { draft07Validator } from "./test/draft07-validator.js";
import { readMapping } from "./src/mapping/read-mapping.js";

const mapping = JSON.stringify({
  mapping: 1,
  surface: "events",
  event: { user_data: { ring_size: "payload.ring_size" } },
});
const validate = draft07Validator(JSON.parse(readFileSync("mappings/mapping.schema.json", "utf8")));
const { diagnostics } = readMapping(mapping, "mapping.yaml");
console.log(JSON.stringify([diagnostics.map(({ code }) => code), validate(JSON.parse(mapping)).length > 0]));
`;

describe("another API version and a new field in the spec", () => {
  const copy = new ProjectCopy(COPIED);
  let before: ReadonlyMap<string, string>;
  let after: ReadonlyMap<string, string>;
  let codegen: Ending;
  let verdicts: readonly string[];

  beforeAll(() => {
    before = copy.digests();
    const first = verdict();
    copy.edit(SPEC, `graph.facebook.com/${API_VERSION}`, "graph.facebook.com/v99.0");
    copy.edit(SPEC, VERSION_ENDS, `${VERSION_ENDS}${NEW_VERSION}`);
    copy.edit(SPEC, USER_DATA, `${NEW_FIELD}${USER_DATA}`);
    codegen = copy.run(TSX, "codegen/main.ts");
    after = copy.digests();
    verdicts = [first, verdict()];
  });

  afterAll(() => {
    rmSync(copy.directory, { recursive: true });
  });

  it("are all that a person writes: codegen tells what it did", () => {
    expect(codegen.output).toContain('user_data: a rest "*" now brings `ring_size`');
    expect(codegen.status).toBe(0);
  });

  it("change generated files only", () => {
    const changed = [...after].flatMap(([path, digest]) =>
      before.get(path) === digest ? [] : [path],
    );
    expect(changed.toSorted()).toEqual([...GENERATED, SPEC].toSorted());
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it("leave nothing for codegen to do", () => {
    expect(copy.run(TSX, "codegen/main.ts", "--check").status).toBe(0);
  });

  it("make a mapping of the new field sound, which it was not before", () => {
    expect(verdicts).toEqual(['[["mapping.unknown_field"],true]', "[[],false]"]);
  });

  it("compile", () => {
    expect(copy.run("typescript/bin/tsc", "--noEmit", "-p", ".")).toEqual({
      status: 0,
      output: "",
    });
  });

  it(
    "pass the unit tests",
    () => {
      const { status, output } = copy.run("vitest/vitest.mjs", "run", "--exclude", SLOW);
      const failures = status === 0 ? [] : output.split("\n").filter((line) => TOLD.test(line));
      expect({ failures: [...new Set(failures)], status }).toEqual({ failures: [], status: 0 });
    },
    HALF_AN_HOUR_MS,
  );

  function verdict(): string {
    const script = join(copy.directory, "verdict.ts");
    writeFileSync(script, VERDICT);
    const { output } = copy.run(TSX, "verdict.ts");
    rmSync(script);
    return output.trim();
  }
});

/** What is told of a suite that failed: which tests, and why. */
const TOLD = / FAIL |Error: |Counterexample|seed: /;

/**
 * This test itself, that of the same new field in the docs, those that are about the whole project and its
 * sample, and those that kill processes, play thousands of schedules, hold stores to each other or give what
 * is hostile: they ask nothing of the spec.
 */
const SLOW =
  "test/{bench/**,codegen/{api-version-bump,docs-mappings}.test.ts,crash/**,e2e/**,examples/**,repository/**,simulation/**,store/**,{mapping,surfaces}/fuzz.test.ts}";
