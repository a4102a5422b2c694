import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import nock from "nock";
import { expect, it } from "vitest";
import { API_VERSION } from "../../src/generated/constants.js";
import { cli } from "../e2e/cli.js";

/** Which binding delivers the same record day by day, and how. */
const DAYS = [
  ["removals", "remove"],
  ["adds", "upsert"],
  ["removals", "remove"],
] as const;

it("removes a person again whom another binding has added to the audience since", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "retl-meta-two-"));
  for (const name of ["adds", "removals"])
    await writeFile(
      path.join(folder, `${name}.yaml`),
      "config: {ad_account_id: '1'}\ntargets: {VIP: '777'}\ncredential_namespace: destinations.meta\n",
    );
  const sent: string[] = [];
  for (const method of ["POST", "DELETE"] as const)
    nock("https://graph.facebook.com")
      .persist()
      .intercept(`/${API_VERSION}/777/users`, method)
      .reply(200, () => {
        sent.push(method);
        return {
          audience_id: "777",
          num_received: 1,
          num_invalid_entries: 0,
          invalid_entry_samples: {},
        };
      });
  let now = Date.UTC(2026, 3, 30, 12);
  const run = (binding: string, operation: string) =>
    cli(
      ["sync", "--mapping", "custom_audiences", "--binding", `${binding}.yaml`, "--records", "-"],
      {
        cwd: folder,
        now: (now += 86_400_000),
        stdin: JSON.stringify({
          operation,
          target: "VIP",
          record_identity: "p",
          identifiers: [{ type: "email", value: "person@example.test" }],
        }),
        env: { DESTINATIONS__META__ACCESS_TOKEN: "token" },
      },
    );
  try {
    for (const [binding, operation] of DAYS) expect((await run(binding, operation)).code).toBe(0);
    expect(sent).toEqual(["DELETE", "POST", "DELETE"]);
  } finally {
    nock.cleanAll();
    await rm(folder, { recursive: true });
  }
});
