/** A process that erases somebody is killed, and the next run of the sync completes it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { digest } from "../contract/records.js";
import { emulatorState, objects } from "./emulator-state.js";
import { CLI, NOW_MS, Processes } from "./processes.js";

const PRELOAD = new URL("kill-at-request.js", import.meta.url).href;

const SYNC = `sync: people
source: { file: people.csv }
state:
  key: { id: id }
  target: audience
  identifiers: { email: email, phone_e164: phone }
destination:
  mapping: custom_audiences
  config: { ad_account_id: "1" }
`;

const FILES = {
  "people.yaml": SYNC,
  "people.csv": "id,audience,email,phone\n1,VIP,ann@x.test,+4930111\n2,VIP,bob@x.test,+4930222\n",
  "binding.yaml": 'config: {ad_account_id: "1"}\n',
  "erased.csv": "email\nann@x.test\n",
};

const processes = new Processes();
let folder: string;
let url: string;
let minutes = 0;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-crash-forget-"));
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(folder, name), text);
  url = await processes.emulator();
  expect((await run("0", "sync", "people.yaml")).code).toBe(0);
});

afterAll(() => processes.end());

/** Ten minutes after whatever was before: nobody waits any more for an answer to it. */
function run(killAtAnswer: string, ...argv: readonly string[]) {
  minutes += 10;
  const now = new Date(NOW_MS + minutes * 60_000).toISOString();
  const world = ["--emulator", url, "--now", now, "--json"];
  return processes.run(["--import", PRELOAD, CLI, ...argv, ...world], {
    cwd: folder,
    env: { REQUEST_LOG: path.join(folder, "requests"), KILL_AT_ANSWER: killAtAnswer },
  });
}

async function requests(): Promise<string> {
  return readFile(path.join(folder, "requests"), "utf8");
}

async function held(): Promise<unknown> {
  const { audiences } = await emulatorState(url);
  return objects(audiences).flatMap(({ held: rows }) =>
    objects(rows).map(({ identifier }) => identifier),
  );
}

const BOB = [`EMAIL=${digest("bob@x.test")}`, `PHONE=${digest("+4930222")}`];

describe("a person who is erased", () => {
  it.each([
    ["before the first removal leaves", "none", "POST\n", "POST\nDELETE\n"],
    ["at the answer to the first removal", "1", "POST\nDELETE\n", "POST\nDELETE\nDELETE\n"],
  ])(
    "is gone after the next run of the sync when the process is killed %s",
    async (_, killAt, then, atLast) => {
      const about = ["--binding", "binding.yaml", "--mapping", "custom_audiences"];
      const argv = ["forget", "--identifiers", "erased.csv", ...about];
      expect((await run(killAt, ...argv)).killed).toBe(true);
      expect(await requests()).toBe(then);
      const { code, lines } = await run("0", "sync", "people.yaml");
      expect(code).toBe(0);
      expect(lines.join("\n")).toContain('"suppressed":1');
      expect(await requests()).toBe(atLast);
      expect(await held()).toEqual(BOB);
      await rm(folder, { recursive: true });
    },
    120_000,
  );
});
