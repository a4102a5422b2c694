/** An event whose answer was lost, from the run that lost it to an operator's word and back. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli } from "../e2e/cli.js";

const GRAPH = "https://graph.facebook.com";
const EVENTS_PATH = `/${API_VERSION}/456/events`;
const TOKEN = "planted-token-93ab";
const NOON = Date.UTC(2026, 3, 30, 12);
/** Meta drops a repeat for 48 hours. */
const TOO_LATE = NOON + 50 * 3_600_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "retl-meta-in-doubt-"));
  await writeFile(
    path.join(folder, "leads.yaml"),
    "config: {ad_account_id: '1', pixel_id: '456', action_source: website}\ncredentials: {access_token: 'env:TOKEN'}\n",
  );
});

afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await rm(folder, { recursive: true });
});

const LEADS = [1, 2].map((number) => ({
  event_name: "Lead",
  occurred_at: "2026-04-30T11:00:00Z",
  record_identity: `lead-${String(number)}`,
  identifiers: [{ type: "email", value: `lead-${String(number)}@example.test` }],
}));

function sync(now: number) {
  const args = ["--mapping", "events", "--binding", "leads.yaml", "--records", "-"];
  return cli(["sync", ...args], {
    cwd: folder,
    now,
    stdin: LEADS.map((lead) => JSON.stringify(lead)).join("\n"),
    env: { TOKEN },
  });
}

/** What an operator is told. */
async function told(now: number, ...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(argv, { cwd: folder, now });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).not.toContain(TOKEN);
  return stdout;
}

/** The last paragraph. */
function lastOf(text: string): string {
  return text.split("\n\n").at(-1) ?? "";
}

async function lostAndLate(): Promise<void> {
  nock(GRAPH).post(EVENTS_PATH).times(6).reply(502, "<html></html>");
  await sync(NOON);
}

it("sends unanswered events again on its own while Meta drops repeats", async () => {
  await lostAndLate();
  expect(await told(NOON, "status")).toContain(
    "\nThe next run that finds them in its source sends 2 unanswered events again.\n",
  );
  nock(GRAPH).post(EVENTS_PATH).reply(200, { events_received: 2 });
  expect((await sync(NOON + 3_600_000)).code).toBe(0);
  expect(lastOf(await told(NOON, "status"))).toBe("Nothing needs you.\n");
});

it("holds them in doubt after that, and says so in the run, in the status and in the ledger", async () => {
  await lostAndLate();
  expect(await sync(TOO_LATE)).toEqual({
    code: 1,
    stdout: `events: nothing to send

2 records read, 2 in doubt (2 of them newly).

Noted:
  2 events were never answered and may be counted twice by now if sent again: \`ledger list --state unknown,failed\` shows them, \`ledger retry\` or \`ledger skip\` decides.
`,
    stderr: "",
  });
  expect(lastOf(await told(TOO_LATE, "status"))).toBe(
    `What needs you:
  2 events are in doubt: they were never answered, and may count twice if they are sent again by now. \`ledger list --state unknown,failed\` shows the requests; \`ledger retry\` sends them again all the same, \`ledger skip\` gives them up.
`,
  );
  expect(await told(TOO_LATE, "ledger", "list", "--state", "unknown")).toContain("\n1-1 ");
});

it("lists them with the request that last tried them in vain, which an operator may decide on", async () => {
  await lostAndLate();
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  nock(GRAPH).post(EVENTS_PATH).times(6).replyWithError(refused);
  await sync(NOON + 3_600_000);
  expect((await sync(TOO_LATE)).stdout).toContain(
    "`ledger list --state unknown,failed` shows them",
  );
  expect(await told(TOO_LATE, "ledger", "list", "--state", "unknown,failed")).toContain("\n2-1 ");
  expect(await told(TOO_LATE, "ledger", "skip", "2-1")).toContain("2 events are left out");
});

it("leaves them out once they are given up, until that is taken back", async () => {
  await lostAndLate();
  expect(await told(TOO_LATE, "ledger", "skip", "1-1")).toBe(
    "1-1: given up: 2 events are left out from now on; `ledger retry 1-1` takes that back.\n",
  );
  expect((await sync(TOO_LATE)).stdout).toBe(
    "events: nothing to send\n\n2 records read, 2 given up by an operator.\n",
  );
  expect(lastOf(await told(TOO_LATE, "status"))).toBe("Nothing needs you.\n");
  expect(await told(TOO_LATE, "ledger", "retry", "1-1")).toBe(
    "1-1: 2 events will be sent again by the next run; Meta may count them twice if it had them.\n",
  );
  nock(GRAPH).post(EVENTS_PATH).reply(200, { events_received: 2 });
  expect(await sync(TOO_LATE)).toMatchObject({ code: 0, stderr: "" });
});
