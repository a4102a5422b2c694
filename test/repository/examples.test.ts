/** The examples of docstrings: there is one of each value that is exported, and each does what it says. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Project, scriptOf, type Module, type Ran } from "./docs/programs.js";
import { Warehouse } from "./docs/warehouse.js";
import { publicApi, type Exported } from "./public-api.js";

const API = publicApi();

/** What examples take for granted, by the word that asks for it; docstrings say so. */
const GIVEN: readonly (readonly [word: RegExp, text: string])[] = [
  [
    /\border\b/,
    `const order: EventRecord = {
  event_name: "Purchase",
  occurred_at: new Date(Date.now() - 60_000),
  key: { event_id: "o-1" },
  identifiers: [{ type: "email", value: "buyer@example.test" }],
  payload: { value: 12.5, currency: "EUR" },
};`,
  ],
  [/\bmeta\b/, `const meta = await loadDestination("retl/meta", options);`],
  [
    /\boptions\b/,
    `const options = {
  mapping: "events",
  config: { adAccountId: "act_1", pixelId: "456", actionSource: "website" },
  credentials: { accessToken: "env:META_ACCESS_TOKEN" },
  transport: emulator.handle,
} satisfies DestinationOptions;`,
  ],
  [/\bemulator\b/, "const emulator = await startEmulator();"],
];

/** An example as a module: with its imports, and with what it takes for granted. */
function moduleOf({ entry }: Exported, text: string, name: string): Module {
  const lines: string[] = [text];
  for (const [word, given] of GIVEN) {
    const [, variable = ""] = /^const (\w+)/.exec(given) ?? [];
    const sofar = lines.join("\n");
    if (word.test(codeOf(sofar)) && !sofar.includes(`const ${variable} `)) lines.unshift(given);
  }
  const body = lines.join("\n");
  const imported = new Set(
    [...body.matchAll(/^import \{([^}]*)\}/gm)].flatMap(([, names = ""]) => names.match(/\w+/g)),
  );
  const ownFirst = API.toSorted((a, b) => rank(a, entry) - rank(b, entry));
  const imports: string[] = [];
  for (const { entry: from, name: word } of ownFirst) {
    if (imported.has(word) || !new RegExp(`\\b${word}\\b`).test(codeOf(body))) continue;
    imported.add(word);
    imports.push(`import { ${word} } from "${from}";`);
  }
  const stop = body.includes("const emulator = await startEmulator();\n") ? ENDED : "";
  return { name, text: [...imports, body, stop, "export {};"].join("\n") };
}

const ENDED = "await emulator.stop();";

function rank(one: Exported, entry: string): number {
  return one.entry === entry ? 0 : 1;
}

/** Without comments and texts: words in them are no names. */
function codeOf(text: string): string {
  return text.replaceAll(/\/\/.*$|"[^"\n]*"/gm, "");
}

const EXAMPLES = API.flatMap((one) => one.examples.map((example) => ({ one, ...example }))).filter(
  ({ of, text }, index, all) =>
    all.findIndex((other) => other.of === of && other.text === text) === index,
);
const MODULES = EXAMPLES.map(({ one, of, text }, index) =>
  moduleOf(one, text, `${of.replaceAll(/\W/g, "-")}-${String(index)}`),
);

describe("what is exported", () => {
  it("says what it is", () => {
    expect(API.filter(({ says }) => says === "").map(({ name }) => name)).toEqual([]);
  });

  it("has an example, if it is a function, a class or a constant", () => {
    const values = API.filter(({ kind }) => kind === "value");
    expect(values.length).toBeGreaterThan(15);
    const without = values.filter(({ examples }) => examples.length === 0);
    expect(without.map(({ entry, name }) => `${entry} ${name}`)).toEqual([]);
  });
});

describe("the examples", () => {
  const warehouse = new Warehouse();
  let project: Project;
  let ran: readonly Ran[];

  beforeAll(async () => {
    project = await Project.of(MODULES);
    const databases = await warehouse.prepare(
      MODULES.map(({ text }) => text).join(),
      project.folder,
    );
    const env = { META_ACCESS_TOKEN: "an-example", ...databases };
    ran = await project.run(
      MODULES.map(({ name }) => name),
      env,
    );
  });

  afterAll(async () => {
    await project.remove();
    await warehouse.end();
  });

  it("have the right types", () => {
    expect(project.check()).toEqual([]);
  });

  it("do what they say", () => {
    expect(ran).toHaveLength(EXAMPLES.length);
    const wrong = ran.filter(({ problems }) => problems.length > 0);
    expect(wrong.map(({ name, problems }) => [name, ...problems])).toEqual([]);
  });
});

describe("a program that does not do what it says", () => {
  it("is found: its types, what it throws, and what it logs", async () => {
    const wrong = await Project.of([
      {
        name: "types",
        text: 'import { API_VERSION } from "retl-meta";\nexport const one: number = API_VERSION;',
      },
      { name: "throws", text: 'throw new Error("no");\nexport {};' },
      { name: "logs", text: "console.log(1, { a: 2 }); // => 1, { a: 3 }\nexport {};" },
      { name: "offline", text: 'await fetch("https://graph.facebook.com");\nexport {};' },
    ]);
    try {
      expect(wrong.check()).toEqual([
        expect.stringMatching(/^types:2: Type 'string'|^types:2: Type '"v/),
      ]);
      const ran = await wrong.run(["types", "throws", "logs", "offline"], {});
      expect(ran.map(({ problems }) => problems)).toEqual([
        [],
        [expect.stringContaining("Error: no")],
        ["states [ 1, { a: 3 } ] and logs [ 1, { a: 2 } ]"],
        [expect.stringContaining("documents are tried offline")],
      ]);
      expect(ran[2]?.printed).toBe("1 { a: 2 }\n");
    } finally {
      await wrong.remove();
    }
  });

  it("is refused when it states a result that nothing compares", () => {
    expect(() => scriptOf("one(); // => 1")).toThrow("console.log");
  });
});
