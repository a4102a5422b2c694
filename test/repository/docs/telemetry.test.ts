/** The programs of docs/observability.md: run as they stand, by the built package and OpenTelemetry's SDK. */
import { execFile } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_VERSION } from "../../../src/generated/constants.js";
import { blocksOf, fileOf, readText, ROOT } from "./document.js";
import { Project, scriptOf } from "./programs.js";

const BLOCKS = blocksOf(readText("docs/observability.md"));

/** The one block that is so. */
function textOf(is: (block: (typeof BLOCKS)[number]) => boolean): string {
  const [block, ...others] = BLOCKS.filter(is);
  if (block === undefined || others.length > 0) throw new Error("there is one such block");
  return block.text;
}

const OTEL = textOf((block) => fileOf(block) === "otel.mjs");
const COMMAND = textOf(({ info, text }) => info === "sh" && text.includes("./otel.mjs")).trimEnd();

/** The program for a library, with what it takes for granted. */
const LIBRARY = `import { loadDestination } from "retl-meta";
import { startEmulator } from "retl-meta/emulator";
const emulator = await startEmulator();
const meta = await loadDestination("retl/meta", {
  mapping: "events",
  config: { adAccountId: "act_1", pixelId: "456", actionSource: "website" },
  credentials: { accessToken: () => "no-real-token" },
  transport: emulator.handle,
});
const records = [
  {
    event_name: "Lead",
    occurred_at: new Date(Date.now() - 60_000).toISOString(),
    key: { event_id: "l-1" },
    identifiers: [{ type: "email", value: "planted@example.test" }],
  },
];
${textOf(({ info }) => info === "ts")}
await emulator.stop();
`;

const SYNC = `sync: vip_customers
source: { file: people.csv }
state:
  key: { id: id }
  target: audience
  identifiers: { email: email }
destination:
  mapping: custom_audiences
  credential_namespace: destinations.meta
  config: { ad_account_id: "1" }
`;

let project: Project;

beforeAll(async () => {
  project = await Project.of([{ name: "library", text: LIBRARY }]);
  const { folder } = project;
  const installed = "node_modules/@opentelemetry";
  await symlink(path.join(ROOT, installed), path.join(folder, installed));
  const files = {
    "otel.mjs": OTEL,
    "library.js": scriptOf(LIBRARY),
    "vip_customers.sync.yaml": SYNC,
    "people.csv": "id,audience,email\n1,VIP,planted@example.test\n2,VIP,bob@example.test\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
});

afterAll(() => project.remove());

/** What a command prints in the project, on the Node that runs this. */
async function printedBy(command: string): Promise<string> {
  const PATH = [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter);
  const where = { cwd: project.folder, env: { PATH, TZ: "UTC" } };
  const { stdout, stderr } = await promisify(execFile)("sh", ["-c", command], where);
  expect(stderr).toBe("");
  return stdout;
}

/** The spans that the SDK printed, as a tree in the order in which they ended. */
function treeOf(printed: string): string {
  const pattern =
    /^ {2}parentSpanContext: (.*(?:\n {4}.*)*)[\s\S]*?^ {2}name: '(.+)',\n {2}id: '(.+)'/gm;
  const spans = Array.from(printed.matchAll(pattern), ([, above = "", name = "", id = ""]) => ({
    name: name.replace(`/${API_VERSION}/`, "/"),
    id,
    parent: /spanId: '(.+)'/.exec(above)?.[1],
  }));
  const below = (parent: string | undefined, margin: string): readonly string[] =>
    spans
      .filter((span) => span.parent === parent)
      .flatMap(({ name, id }) => [`${margin}${name}\n`, ...below(id, `${margin}  `)]);
  return below(undefined, "").join("");
}

/** The metrics that the SDK printed. */
function metricsOf(printed: string): readonly string[] {
  return Array.from(
    printed.matchAll(/ descriptor: \{\n {4}name: '(.+)'/g),
    ([, name = ""]) => name,
  );
}

const METRICS = [
  "http.client.request.duration",
  "retl_meta.items",
  "retl_meta.records",
  "retl_meta.requests",
  "retl_meta.run.duration",
  "retl_meta.usage",
];

describe("docs/observability.md", () => {
  it("has a program by which the command line tells of all that it did before it ends", async () => {
    const printed = await printedBy(`${COMMAND} --emulator`);
    expect(treeOf(printed)).toBe(`retl_meta.run
  GET /act_{ad_account_id}/customaudiences
  POST /act_{ad_account_id}/customaudiences
  retl_meta.read
  retl_meta.compare
  retl_meta.deliver
    POST /{custom_audience_id}/users
`);
    expect(metricsOf(printed).toSorted()).toEqual(METRICS);
    expect(printed).toContain("2 records read, 2 acknowledged.\n");
    expect(printed).not.toMatch(/planted|example\.test/);
  });

  it("has a program by which a library tells the same, whose types are right", async () => {
    expect(project.check()).toEqual([]);
    const printed = await printedBy("node --import ./otel.mjs library.js");
    expect(treeOf(printed)).toBe(`retl_meta.run
  retl_meta.read
  retl_meta.deliver
    POST /{pixel_id}/events
`);
    expect(metricsOf(printed).toSorted()).toEqual(METRICS);
    expect(printed).not.toMatch(/planted|example\.test/);
  });
});
