import { describe, expect, it } from "vitest";
import { generate, type ProjectFiles } from "../../codegen/generate.js";
import { SOURCE_FILES } from "../../codegen/sources.js";
import { fixtureText } from "./fixture-sources.js";

const GENERATED = [
  "src/generated/graph.ts",
  "src/generated/schemas.ts",
  "src/generated/fields.ts",
  "src/generated/constants.ts",
  "src/generated/errors.ts",
  "src/generated/sha256.ts",
  "mappings/mapping.schema.json",
  "docs/reference.md",
  "docs/errors.md",
];

interface MemoryFiles extends ProjectFiles {
  readonly written: Map<string, string>;
  editSpec(edit: (text: string) => string): void;
}

function project(): MemoryFiles {
  const written = new Map<string, string>();
  let spec = fixtureText(SOURCE_FILES.graph);
  return {
    written,
    editSpec: (edit) => {
      spec = edit(spec);
    },
    read: (path) => (path === SOURCE_FILES.graph ? spec : fixtureText(path)),
    readIfAny: (path) => written.get(path),
    write: (path, text) => void written.set(path, text),
  };
}

describe("codegen", () => {
  it("writes what is missing, and then finds nothing to do", async () => {
    const files = project();
    expect(await generate(files, false)).toEqual({
      kind: "generated",
      drift: GENERATED,
      moved: [],
    });
    expect([...files.written.keys()]).toEqual(GENERATED);
    expect(await generate(files, true)).toEqual({ kind: "generated", drift: [], moved: [] });
  });

  it("lists what differs and writes nothing when it only checks", async () => {
    const files = project();
    await generate(files, false);
    files.write("src/generated/errors.ts", "// edited by hand");
    expect(await generate(files, true)).toEqual({
      kind: "generated",
      drift: ["src/generated/errors.ts"],
      moved: [],
    });
    expect(files.written.get("src/generated/errors.ts")).toBe("// edited by hand");
  });

  it("says which new fields a rest brings from now on, and leaves hashed ones out", async () => {
    const files = project();
    await generate(files, false);
    files.editSpec((text) =>
      text.replace(
        "        own_id:",
        [
          "        nick: { type: string, description: A name. }",
          "        pass: { type: string, x-hash: optional, description: A number. }",
          "        own_id:",
        ].join("\n"),
      ),
    );
    expect(await generate(files, false)).toMatchObject({
      moved: ['user_data: a rest "*" now brings `nick`'],
    });
  });

  it("says where the spec is at fault and writes nothing", async () => {
    const files = project();
    files.editSpec((text) => text.replace(", description: Where.", ""));
    files.editSpec((text) => text.replace(", description: For tests.", ""));
    expect(await generate(files, false)).toEqual({
      kind: "faulty_spec",
      faults: [
        "spec/graph.openapi.yaml#/components/schemas/EventsRequest/properties/test_code: it needs a `description`, one sentence",
      ],
    });
    expect(files.written.size).toBe(0);
  });

  it.each([
    [
      "/v3.0",
      "",
      "/servers/0/url: an origin and a version such as `https://graph.example.com/v1.0` are needed",
    ],
    [
      "{ v3.0: {",
      "{ v2.0: {",
      "/servers/0/x-version-ends: `v3.0` is needed here: the last day of either schedule, null while Meta has named none",
    ],
    [
      "maxItems: 7",
      "minItems: 7",
      "/components/schemas/EventsRequest/properties/data/maxItems: a number is needed here",
    ],
    [
      "x-role: key",
      "x-role: lock",
      "/components/schemas/AudienceRow/properties/EMAIL/x-role: one of `key`, `context`, `attribute` is needed",
    ],
    [
      "subcode: 41",
      "code: 41",
      "/components/schemas/UserData/x-too-weak/subcode: a number is needed here",
    ],
    [
      "x-required-for",
      "x-required",
      "/components/schemas/CustomData/x-required-for: a map is needed here",
    ],
    [
      "schemas/UserData",
      "schemas/User",
      "/components/schemas/Event/properties/person/$ref: there is no schema `User`",
    ],
    [
      "schemas/Id",
      "schemas/UserData",
      "/components/schemas/UserData/properties/page: `UserData` contains itself, which a mapping cannot follow",
    ],
  ])("refuses a spec with %s replaced by %j", async (from, to, fault) => {
    const files = project();
    files.editSpec((text) => text.replace(from, to));
    expect(await generate(files, false)).toEqual({
      kind: "faulty_spec",
      faults: [`spec/graph.openapi.yaml#${fault}`],
    });
  });
});
