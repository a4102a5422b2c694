import { writeFile } from "node:fs/promises";
import path from "node:path";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli, type CliRun } from "../e2e/cli.js";
import { T0 } from "../store/rows.js";
import { NOW, operator, type Operator } from "./operator.js";

const SECRET = "planted-token-3e88";
let world: Operator;

beforeEach(async () => {
  world = await operator();
  await writeFile(
    path.join(world.folder, "meta.yaml"),
    "config: {ad_account_id: '111'}\ntargets: {Web: '9'}\ncredentials: {access_token: 'env:TOKEN'}\n",
  );
});

afterEach(async () => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  await world.end();
});

function run(...argv: readonly string[]): Promise<CliRun> {
  const env = { TOKEN: SECRET };
  return cli(["audiences", "--binding", "meta.yaml", ...argv], {
    cwd: world.folder,
    now: NOW,
    env,
  });
}

function answer(status: number, body: nock.Body): void {
  nock("https://graph.facebook.com")
    .get(`/${API_VERSION}/act_111/customaudiences`)
    .query(true)
    .reply(status, body);
}

const AUDIENCES = [
  {
    id: "77",
    account_id: "111",
    name: "VIP",
    subtype: "CUSTOM",
    operation_status: { code: 471 },
    delivery_status: { code: 450 },
    approximate_count_lower_bound: 12_000,
    approximate_count_upper_bound: 14_000,
    fields_violating_integrity_policy: ["name"],
    is_value_based: true,
  },
  {
    id: "9",
    name: "Visitors",
    subtype: "WEBSITE",
    operation_status: { code: 200 },
    delivery_status: { code: 300 },
    approximate_count_lower_bound: -1,
    approximate_count_upper_bound: -1,
    permission_for_actions: { can_edit: false },
    delete_time: 1_777_896_000,
  },
];

describe("audiences", () => {
  it("lists what is at Meta, and which of it is known here", async () => {
    await world.given(async ({ targets }) => {
      const vip = { adAccountId: "111", target: "Best customers", audienceId: "77", at: T0 };
      await targets.remember({ ...vip, createdByUs: true });
      await targets.remember({ ...vip, adAccountId: "222", target: "Else", createdByUs: false });
    });
    answer(200, { data: AUDIENCES });
    expect(await run()).toEqual({
      code: 0,
      stderr: "",
      stdout: `AUDIENCE  ID  SUBTYPE  STATE                                                   DELIVERY                     PEOPLE  HERE               NOTED
VIP       77  CUSTOM   flagged by the integrity policy, so no upload is taken  unusable              12,000–14,000  managed, created   value-based, flagged: name
Visitors  9   WEBSITE  normal                                                  too small to deliver                 mapped by targets  read-only, deleted at 2026-05-04T12:00:00Z

2 audiences, 1 of them managed here.
`,
    });
    answer(200, { data: AUDIENCES });
    const { stdout } = await run("--json");
    expect(JSON.parse(stdout)).toMatchObject([
      {
        id: "77",
        operation_status: 471,
        operation_status_meaning: "flagged by the integrity policy, so no upload is taken",
        size: { from: 12_000, to: 14_000 },
        managed_as: "Best customers",
        created_by_us: true,
      },
      { id: "9", mapped_as: "Web", is_read_only: true, created_by_us: false },
    ]);
  });

  it("says that there are none, without a store and of an emulator of its own", async () => {
    expect(await run("--emulator")).toEqual({
      code: 0,
      stdout: "The ad account has no audiences.\n",
      stderr: "",
    });
  });

  it("is blocked where the token may not, and tells nothing else of Meta's text", async () => {
    answer(400, { error: { code: 200, message: `no ${SECRET}`, type: "OAuthException" } });
    const refused = await run();
    expect(refused).toMatchObject({ code: 3, stdout: "" });
    expect(refused.stderr).toContain(
      "the audiences of the ad account 111 cannot be listed (audiences.forbidden)",
    );
    expect(refused.stderr).not.toContain(SECRET);
    answer(200, { data: "none" });
    expect((await run()).code).toBe(1);
  });

  it("wants to know whose audiences", async () => {
    const { code, stderr } = await cli(["audiences"], { cwd: world.folder });
    expect(code).toBe(2);
    expect(stderr).toContain("name a sync file, or give --binding with a binding file");
  });
});
