/** `plan` and then `sync` over one store: what the one shows the other sends. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isJsonObject, parseJson, type JsonObject } from "../../src/core/json.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { openDuckdbStoreReadOnly } from "../../src/store/duckdb/open-store.js";
import { cli } from "../e2e/cli.js";

const GRAPH = "https://graph.facebook.com";
const EVENTS_PATH = `/${API_VERSION}/456/events`;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-plan-sync-"));
  await writeFile(
    path.join(folder, "binding.yaml"),
    "config: {ad_account_id: '1', pixel_id: '456', action_source: website}\ncredentials: {access_token: 'env:TOKEN'}\nmax_body_bytes: 500\nstore: shared.duckdb\n",
  );
});

afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await rm(folder, { recursive: true });
});

function lead(id: string) {
  return {
    event_name: "Lead",
    occurred_at: "2026-04-30T11:00:00Z",
    record_identity: id,
    identifiers: [{ type: "email", value: `${id}@example.test` }],
  };
}

function run(command: "plan" | "sync", ids: readonly string[], ...more: readonly string[]) {
  const args = ["--mapping", "events", "--binding", "binding.yaml", "--records", "-"];
  return cli([command, ...args, "--json", ...more], {
    cwd: folder,
    stdin: ids.map((id) => JSON.stringify(lead(id))).join("\n"),
    env: { TOKEN: "planted-token-8e07" },
  });
}

/** The lines of a plan, parsed. */
async function planned(ids: readonly string[]): Promise<readonly JsonObject[]> {
  const { stdout } = await run("plan", ids, "--now", "2026-04-30T12:00:00Z");
  return stdout
    .split("\n")
    .map(parseJson)
    .flatMap((line) => (line.ok && isJsonObject(line.value) ? [line.value] : []));
}

/** Takes so many requests, and gives their bodies as they came. */
function taking(count: number): unknown[] {
  const bodies: unknown[] = [];
  nock(GRAPH)
    .post(EVENTS_PATH)
    .times(count)
    .reply(200, (_, body) => {
      bodies.push(body);
      const data: unknown = typeof body === "object" ? body["data"] : undefined;
      return { events_received: Array.isArray(data) ? data.length : 0 };
    });
  return bodies;
}

/** Fingerprints of the requests of the latest run, in their order. */
async function fingerprints(runId: number): Promise<readonly string[]> {
  const opened = await openDuckdbStoreReadOnly({ file: path.join(folder, "shared.duckdb") });
  if (!opened.ok || opened.value === undefined) throw new Error("there is no store");
  const batches = await opened.value.ledger.list({ runId, limit: 100 });
  await opened.value.close();
  return batches.map(({ fingerprint }) => fingerprint).reverse();
}

async function expectPlanIsSent(ids: readonly string[], runId: number) {
  const plan = await planned(ids);
  const bodies = taking(plan.length);
  const sync = await run("sync", ids);
  expect(bodies).toEqual(plan.map(({ body }) => body));
  expect(await fingerprints(runId)).toEqual(plan.map(({ fingerprint }) => fingerprint));
  return { plan, sync };
}

describe("what plan shows", () => {
  it("is what sync sends, and what its ledger knows, on a store that is not there yet", async () => {
    const { plan, sync } = await expectPlanIsSent(["a", "b", "c", "d", "e"], 1);
    expect(plan.length).toBe(3);
    expect(sync.code).toBe(0);
  });

  it("is what sync sends on a store that knows delivered, refused and unanswered events", async () => {
    const error = { message: "Invalid parameter", code: 100, error_subcode: 2_804_036 };
    nock(GRAPH).post(EVENTS_PATH).reply(400, { error });
    await run("sync", ["refused"]);
    nock(GRAPH).post(EVENTS_PATH).times(6).reply(502, "<html></html>");
    await run("sync", ["lost"]);
    taking(1);
    await run("sync", ["delivered"]);

    const { plan } = await expectPlanIsSent(["delivered", "refused", "lost", "new"], 4);
    expect(plan.map(({ record_identities: identities }) => identities)).toEqual([["lost", "new"]]);
  });
});

describe("a run in which no request came through", () => {
  it("has failed, delivered nothing, and exits with 1; the next run sends it all", async () => {
    const refused = Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" });
    nock(GRAPH).post(EVENTS_PATH).times(6).replyWithError(refused);
    const failed = await run("sync", ["a", "b"]);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stdout)).toMatchObject({
      status: "failed",
      records: { read: 2, acknowledged: 0, delivered: 0, failed: 2 },
      requests: { planned: 1, acknowledged: 0, failed: 1, attempts: 6 },
      failures: [
        {
          target: "456",
          count: 1,
          summary:
            "Meta could not be reached, so nothing was sent. Check the network and its proxy, and run again.",
        },
      ],
    });
    const { sync } = await expectPlanIsSent(["a", "b"], 2);
    expect(sync.code).toBe(0);
  });

  it("is blocked, delivered nothing, and exits with 3 when Meta forbids it", async () => {
    const error = { message: "Invalid OAuth access token.", code: 190 };
    nock(GRAPH).post(EVENTS_PATH).reply(401, { error });
    const blocked = await run("sync", ["a", "b", "c", "d", "e"]);
    expect(blocked.code).toBe(3);
    expect(JSON.parse(blocked.stdout)).toMatchObject({
      status: "blocked",
      records: { read: 5, acknowledged: 0, delivered: 0, failed: 2, not_sent: 3 },
    });
  });
});
