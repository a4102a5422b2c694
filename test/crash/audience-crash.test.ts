/** A crash in the middle of what one person went through. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { digest, operation } from "../contract/records.js";
import { emulatorState, objects } from "./emulator-state.js";
import { CLI, NOW, Processes } from "./processes.js";

/** When nobody waits any more for an answer to what was sent at NOW. */
const LATER = "2026-04-30T12:10:00Z";
const PRELOAD = new URL("kill-at-request.js", import.meta.url).href;

const processes = new Processes();
let folder: string;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-crash-audience-"));
  url = await processes.emulator();
  await writeFile(path.join(folder, "binding.yaml"), 'config: {ad_account_id: "1"}\n');
  const records = ["upsert", "remove", "upsert"].map((one) => operation("p", { operation: one }));
  await writeFile(
    path.join(folder, "people.ndjson"),
    records.map((record) => `${JSON.stringify(record)}\n`).join(""),
  );
});

afterAll(async () => {
  await processes.end();
  await rm(folder, { recursive: true });
});

function sync(now: string, killAtAnswer: number) {
  const sources = ["--records", "people.ndjson", "--mapping", "custom_audiences"];
  const world = ["--binding", "binding.yaml", "--emulator", url, "--now", now, "--json"];
  return processes.run(["--import", PRELOAD, CLI, "sync", ...sources, ...world], {
    cwd: folder,
    env: {
      REQUEST_LOG: path.join(folder, "requests"),
      KILL_AT_ANSWER: String(killAtAnswer),
    },
  });
}

async function requests(): Promise<readonly string[]> {
  const log = await readFile(path.join(folder, "requests"), "utf8");
  return log.trim().split("\n");
}

async function held(): Promise<unknown> {
  const { audiences } = await emulatorState(url);
  return objects(audiences).map(({ name, held: identifiers }) => ({ name, held: identifiers }));
}

it("adds, removes and adds a person in this order although it dies at the removal", async () => {
  const killed = await sync(NOW, 2);
  expect(killed.killed).toBe(true);
  expect(await requests()).toEqual(["POST", "DELETE"]);
  expect(await held()).toEqual([{ name: "VIP", held: [] }]);

  const resumed = await sync(LATER, 0);
  expect(resumed.code).toBe(0);
  expect(await requests()).toEqual(["POST", "DELETE", "DELETE", "POST"]);
  const identifier = `EMAIL=${digest("p@example.test")}`;
  expect(await held()).toEqual([{ name: "VIP", held: [{ identifier, beside: [] }] }]);
  process.stderr.write("killed in an audience's removal: 1 kill, 1 repeated request\n");
});
