import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.js";
import { batch, end, evidence, go, HOUR, item, PIXEL, reject, start, T0 } from "../store/rows.js";
import { opened } from "../store/world.js";
import { operator, type Operator } from "./operator.js";

let world: Operator;

beforeEach(async () => {
  world = await operator();
});

afterEach(() => world.end());

/** A run that delivered two events, lost the answer about three, and had one refused. */
async function aRun(store: Store): Promise<void> {
  const runId = await start(store);
  await go(store, batch(runId, 1, { items: [item(1), item(2)] }), { state: "succeeded" });
  await go(store, batch(runId, 2, { items: [item(3), item(4), item(5, { repeatSafeMs: 0 })] }), {
    state: "unknown",
    evidence: evidence({ outcome: "unknown", summary: "Meta did not answer in time. Run again." }),
  });
  await go(store, batch(runId, 3, { items: [item(6)] }), {
    state: "rejected",
    rejects: [reject(6)],
    evidence: evidence({ outcome: "rejected", summary: "Meta refused it." }),
  });
  await store.targets.creating("111", "VIP", T0, undefined);
  await store.runs.end(
    runId,
    "partially_succeeded",
    T0 + 65_000,
    JSON.stringify({
      records: { read: 1_006, acknowledged: 2, delivered: 1_000, rejected: 1, unknown: 3 },
      failures: [{ target: PIXEL, summary: "Meta did not answer in time. Run again." }],
    }),
  );
}

describe("status", () => {
  it("says of a folder without a store that nothing was run yet", async () => {
    expect(await world.run("status")).toEqual({
      code: 0,
      stdout: "Nothing was run yet.\n",
      stderr: `There is no store at \`${world.file}\` yet. \`sync\` makes one when it runs; --store names another one, such as an emulator's: .retl/emulator.duckdb.\n`,
    });
    expect(await world.run("status", "--json", "--quiet")).toEqual({
      code: 0,
      stdout:
        '{"runs":[],"events":[],"open":[],"left_behind":{},"rejects":[],"creating":[],"next_run":[],"needs_you":[]}\n',
      stderr: "",
    });
  });

  it("does not forget what one run of records left open, once another with other records succeeded", async () => {
    const sync = "records:web";
    const people = { surface: "custom_audiences", operation: "upsert" } as const;
    await world.given(async (store) => {
      const first = await start(store, T0, sync);
      await go(store, batch(first, 0, { items: [item(1)] }), { state: "failed" });
      await go(store, batch(first, 1, { ...people, target: "VIP" }), { state: "failed" });
      await go(store, batch(first, 2, { ...people, target: "Others" }), { state: "failed" });
      await end(store, first);
      const second = await start(store, T0 + 1, sync);
      await go(store, batch(second, 0, { items: [item(2)] }), { state: "succeeded" });
      await go(store, batch(second, 1, { ...people, target: "Others" }), { state: "succeeded" });
      await end(store, second);
    });
    expect((await world.run("status")).stdout).toContain(
      "What needs you:\n  `records:web`: 2 requests of earlier runs are open,",
    );
    await world.given(async (store) => {
      const third = await start(store, T0 + 2, sync);
      await go(store, batch(third, 0, { items: [item(1)] }), { state: "succeeded" });
      await go(store, batch(third, 1, { ...people, target: "VIP" }), { state: "succeeded" });
      await end(store, third);
    });
    expect((await world.run("status")).stdout).toContain("Nothing needs you.");
  });

  it("tells of everything that runs left, and what needs a person", async () => {
    await world.given(aRun);
    expect(await world.run("status")).toEqual({
      code: 0,
      stdout: `RUN  SYNC    STARTED               TOOK       STATUS                READ  ACKNOWLEDGED  ALREADY THERE  REMOVED  REJECTED  OPEN
1    orders  2026-04-24T03:06:40Z  1 min 5 s  partially succeeded  1,006             2          1,000        0         1     3

PIXEL            DELIVERED  UNANSWERED  IN DOUBT
400000000000456          2           2         1

Open requests:

BATCH  SYNC    TARGET           OPERATION  STATE    RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
1-2    orders  400000000000456  import     unknown        3     3         1  2026-04-24T03:06:41Z  Meta did not answer in time. Run again.

Left out until they change (\`rejects list\` says why):

SYNC    SCOPE            OPERATION  REFUSED BY  CODE         RECORDS
orders  400000000000456  import     Meta        100/2804003        1

The next run that finds them in its source sends 2 unanswered events again.
The next run looks up the audience "VIP", whose creation was begun.

What needs you:
  \`orders\`, run 1, succeeded in part: 400000000000456: Meta did not answer in time. Run again.
  1 event is in doubt: it was never answered, and may count twice if it is sent again by now. \`ledger list --state unknown,failed\` shows the requests; \`ledger retry\` sends them again all the same, \`ledger skip\` gives them up.
`,
      stderr: "",
    });
  });

  it("needs nobody after a run that went well, and reads an emulator's store as well", async () => {
    const file = path.join(world.folder, ".retl", "emulator.duckdb");
    const fill = async (store: Store) => {
      const runId = await start(store);
      await go(store, batch(runId, 1, { items: [item(1)] }), { state: "succeeded" });
      const report = JSON.stringify({ records: { read: 1, acknowledged: 1 } });
      await store.runs.end(runId, "succeeded", T0 + 420, report);
    };
    await world.given(fill, { file, origin: "emulator:1f0c" });
    expect(await world.run("status", "--store", ".retl/emulator.duckdb")).toEqual({
      code: 0,
      stdout: `RUN  SYNC    STARTED               TOOK   STATUS     READ  ACKNOWLEDGED  ALREADY THERE  REMOVED  REJECTED  OPEN
1    orders  2026-04-24T03:06:40Z  0.4 s  succeeded     1             1              0        0         0     0

PIXEL            DELIVERED  UNANSWERED  IN DOUBT
400000000000456          1           0         0

Nothing needs you.
`,
      stderr: "",
    });
  });

  it("asks for another run when a process ended in the middle of the last one", async () => {
    await world.given(async (store) => {
      await go(store, batch(await start(store), 1, { items: [item(1)] }), { state: "sending" });
    });
    const { code, stdout } = await world.run("status");
    expect(code).toBe(0);
    expect(stdout).toContain("Open requests:\n\nBATCH  SYNC ");
    expect(stdout).toMatch(
      /\nWhat needs you:\n {2}`orders`, run 1, [^\n]* run it again, and it goes on from there\.\n$/,
    );
  });

  it("looks at the last run of each sync only", async () => {
    await world.given(async (store) => {
      for (const [sync, status] of [
        ["orders", "interrupted"],
        ["vip", "failed"],
        ["orders", "succeeded"],
      ] as const)
        await store.runs.end(await start(store, T0, sync), status, T0 + HOUR, "{}");
    });
    const { stdout } = await world.run("status");
    expect(stdout.split("\n\n").at(-1)).toBe(
      "What needs you:\n  `vip`, run 2, failed: run it again.\n",
    );
  });

  it("prints one object for machines", async () => {
    await world.given(aRun);
    const { code, stdout, stderr } = await world.run("status", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trimEnd()).not.toContain("\n");
    expect(JSON.parse(stdout)).toMatchObject({
      runs: [
        {
          run_id: 1,
          sync: "orders",
          status: "partially_succeeded",
          started_at: "2026-04-24T03:06:40Z",
          ended_at: "2026-04-24T03:07:45Z",
          report: { records: { acknowledged: 2, unknown: 3 } },
        },
      ],
      events: [{ pixel_id: PIXEL, delivered: 2, unanswered: 2, in_doubt: 1 }],
      open: [{ batch_id: "1-2", state: "unknown", open_events: 3 }],
      rejects: [{ scope: PIXEL, origin: "meta", code: "100/2804003", count: 1 }],
      creating: [{ ad_account_id: "111", target: "VIP" }],
      next_run: [
        "The next run that finds them in its source sends 2 unanswered events again.",
        'The next run looks up the audience "VIP", whose creation was begun.',
      ],
      needs_you: [
        `\`orders\`, run 1, succeeded in part: ${PIXEL}: Meta did not answer in time. Run again.`,
        expect.stringContaining("1 event is in doubt"),
      ],
    });
  });

  it("is refused while a run uses the store, and says who holds it", async () => {
    const held = await opened(world.file);
    const holder = `this process (${String(process.pid)})`;
    const message = `the store \`${world.file}\` is in use by ${holder}`;
    const remedy =
      "Wait until that run has ended, or stop it: a store in a file is open to one process at a time. One on PostgreSQL can be looked at while a run writes to it.";
    expect(await world.run("status")).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${message} (store.in_use)\n  ${remedy}\n`,
    });
    expect(await world.run("status", "--json")).toEqual({
      code: 2,
      stdout: "",
      stderr: `${JSON.stringify({ severity: "error", code: "store.in_use", message, remedy, docs: "docs/errors.md#storein_use" })}\n`,
    });
    await held.close();
  });
});

describe("every other command on a store", () => {
  it.each([
    ["ledger", "list"],
    ["ledger", "show", "1-1"],
    ["ledger", "retry", "1-1"],
    ["ledger", "skip", "1-1"],
    ["targets", "list"],
    ["targets", "forget", "VIP"],
    ["targets", "distrust", "VIP"],
    ["rejects", "list"],
    ["rejects", "export"],
    ["rejects", "retry", "--all"],
  ])("says that there is none, and makes none: %s %s", async (...argv) => {
    const run = {
      code: 2,
      stdout: "",
      stderr: `error: there is no store at \`${world.file}\` (store.missing)
  \`sync\` makes one when it runs; --store names another one, such as an emulator's: .retl/emulator.duckdb.
`,
    };
    expect(await world.run(...argv)).toEqual(run);
    expect(await world.run(...argv)).toEqual(run);
  });

  it("says what else a file is", async () => {
    await writeFile(path.join(world.folder, "notes.txt"), "notes\n");
    const run = await world.run("targets", "forget", "VIP", "--store", "notes.txt");
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("(store.unreadable)");
  });

  it("says that a store cannot be read", async () => {
    const migrations = [{ version: 1, statements: [] }];
    await world.given(() => Promise.resolve(), { migrations });
    const run = await world.run("ledger", "list");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/^error: [^\n]+ \(store\.[a-z]+\)\n {2}[^\n]+\n$/);
  });
});
