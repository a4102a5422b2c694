/** What a user sees, and what the store keeps, of each kind of error: real client, real store. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { classify } from "../../src/graph/classification.js";
import { openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import { cli } from "../e2e/cli.js";
import { answerTo } from "../graph/wire.js";
import { META_ERRORS, type Case, type Reply } from "./meta-errors.js";

const GRAPH = "https://graph.facebook.com";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-errors-"));
  const events = "config: {ad_account_id: '1', pixel_id: '456', action_source: website}\n";
  const audiences = "config: {ad_account_id: '1'}\ntargets: {VIP: '77'}\n";
  const token = "credentials: {access_token: 'env:TOKEN'}\n";
  await writeFile(path.join(folder, "events.yaml"), `${events}${token}`);
  await writeFile(path.join(folder, "custom_audiences.yaml"), `${audiences}${token}`);
});

afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await rm(folder, { recursive: true });
});

const EVENTS = [1, 2].map((number) => ({
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  record_identity: `r-${String(number)}`,
  identifiers: [{ type: "email", value: `lead-${String(number)}@example.test` }],
}));

const PEOPLE = [1, 2].map((number) => ({
  operation: "upsert",
  target: "VIP",
  record_identity: `p-${String(number)}`,
  identifiers: [{ type: "email", value: `person-${String(number)}@example.test` }],
}));

const SURFACES = {
  events: { records: EVENTS, path: `/${API_VERSION}/456/events` },
  custom_audiences: { records: PEOPLE, path: `/${API_VERSION}/77/users` },
} as const satisfies Readonly<Record<Case["surface"], unknown>>;

/** Answers a run's requests one after the other. */
async function syncAgainst(surface: Case["surface"], replies: readonly Reply[]) {
  const { records, path: url } = SURFACES[surface];
  for (const [status, body, headers] of replies) nock(GRAPH).post(url).reply(status, body, headers);
  return cli(["sync", "--mapping", surface, "--binding", `${surface}.yaml`, "--records", "-"], {
    cwd: folder,
    stdin: records.map((record) => JSON.stringify(record)).join("\n"),
    env: { TOKEN: "planted-token-5b21" },
  });
}

/** What the store keeps: the states of requests, and what each attempt was. */
async function kept() {
  const file = path.join(folder, ".retl", "state.duckdb");
  const opened = await openDuckdbStoreReadOnly({ file });
  if (!opened.ok || opened.value === undefined) throw new Error("there is no store");
  const { ledger, close } = opened.value;
  const batches = [...(await ledger.list({ limit: 20 }))].reverse();
  const attempts = [];
  for (const { batchId } of batches) attempts.push(...(await ledger.attempts(batchId)));
  await close();
  return {
    states: batches.map(({ batchId, state }) => `${batchId} ${state}`),
    outcomes: attempts.map(({ evidence }) => evidence?.outcome),
  };
}

/** What a report says about failures. */
function wrongOf(stdout: string): readonly string[] {
  const [, section = ""] = stdout.split("What went wrong:\n");
  return section.split("\n").filter((line) => line !== "");
}

describe("sync, when Meta answers with", () => {
  it.each(Object.entries(META_ERRORS))("%s", async (_, given) => {
    const run = await syncAgainst(given.surface, given.replies);
    expect(await kept()).toEqual({ states: given.states, outcomes: given.outcomes });
    expect(wrongOf(run.stdout)).toEqual(given.wrong);
    expect(run.code).toBe(given.code);
    expect(run.stderr).toEqual(given.stderr ?? "");
    expect(`${run.stdout}${run.stderr}`).not.toContain("planted-token");
  });

  it.each(Object.entries(META_ERRORS))("%s, which is of its class", async (_, given) => {
    const [[status, body, headers] = [0, ""]] = given.replies;
    const answer = await answerTo(status, body, headers);
    expect(answer.kind === "json" ? undefined : classify(answer).class).toBe(given.class);
  });

  it("a refusal of one event, and shows in its report which record it was", async () => {
    const { surface, replies } = { ...META_ERRORS["an event that is too old for Meta"] };
    const run = await syncAgainst(surface ?? "events", replies ?? []);
    expect(run.stdout).toContain(`
2 records read, 1 acknowledged, 1 rejected.

REJECTED  RECORDS  FOR EXAMPLE
refused         1  r-2: Event Timestamp Too Old: The timestamp of this event is too far in the past. [data[0].event_time]
`);
  });
});
