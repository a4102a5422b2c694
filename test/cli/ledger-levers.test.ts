import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batch, candidate, end, go, item, standingsOf, start } from "../store/rows.js";
import { operator, type Operator } from "./operator.js";
import { twoRuns } from "./two-runs.js";

let world: Operator;

beforeEach(async () => {
  world = await operator();
});

afterEach(() => world.end());

describe("ledger retry", () => {
  it("has events sent again by the next run, and says what that may cost", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "retry", "1-2")).toEqual({
      code: 0,
      stdout:
        "1-2: 2 events will be sent again by the next run; Meta may count them twice if it had them.\n",
      stderr: "",
    });
    expect(await world.found((store) => standingsOf(store, candidate(2), candidate(3)))).toEqual([
      { kind: "new" },
      { kind: "new" },
    ]);
  });

  it("answers for each of several requests, and exits with 2 when one is not to be had", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "retry", "1-1", "1-3", "7-7", "2-1", "1-3")).toEqual({
      code: 2,
      stdout: `1-3: 1 refused record will be sent again by the next run.
2-1: open; the next run sends it again, unless Meta has acknowledged its records since.
`,
      stderr: `error: there is nothing to decide about \`1-1\`: Meta has acknowledged all of it (ledger.refused)
  \`sync --records … --resend\` sends everything again.
error: the ledger has no request \`7-7\` (ledger.unknown_batch)
  \`retl-meta ledger list\` shows them; ids look like \`12-3\`.
`,
    });
    expect(await world.found((store) => store.rejects.list({}, 9))).toEqual([]);
  });

  it("prints a JSON line for each that was done, and one on standard error for each other", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "retry", "1-2", "7-7", "--json")).toEqual({
      code: 2,
      stdout: '{"did":"retry","batch_id":"1-2","events":2,"rejects":0}\n',
      stderr:
        '{"severity":"error","code":"ledger.unknown_batch","message":"the ledger has no request `7-7`","remedy":"`retl-meta ledger list` shows them; ids look like `12-3`.","docs":"docs/errors.md#ledgerunknown_batch"}\n',
    });
  });
});

describe("ledger skip", () => {
  it("leaves events out from now on, until retry takes that back", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "skip", "1-2")).toEqual({
      code: 0,
      stdout:
        "1-2: given up: 2 events are left out from now on; `ledger retry 1-2` takes that back.\n",
      stderr: "",
    });
    expect(await world.found((store) => standingsOf(store, candidate(2)))).toEqual([
      { kind: "rejected", origin: "operator" },
    ]);
    expect((await world.run("ledger", "retry", "1-2")).stdout).toBe(
      "1-2: 2 events will be sent again by the next run; Meta may count them twice if it had them.\n",
    );
    expect(await world.found((store) => standingsOf(store, candidate(2)))).toEqual([
      { kind: "new" },
    ]);
  });

  it("leaves a request of people out from now on", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "skip", "2-1")).toEqual({
      code: 0,
      stdout:
        "2-1: given up: it is left out from now on, as long as it is the same request at the same place, and nothing of it counts as confirmed; `ledger retry 2-1` takes that back.\n",
      stderr: "",
    });
    expect(await world.run("ledger", "skip", "2-1")).toMatchObject({
      code: 0,
      stdout: "2-1: it was given up before.\n",
    });
  });

  it("is refused for what was never sent", async () => {
    await world.given(async (store) => {
      const runId = await start(store);
      await go(store, batch(runId, 1, { items: [item(1)] }), { state: "pending" });
      await end(store, runId);
    });
    expect(await world.run("ledger", "skip", "1-1")).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: there is nothing to decide about \`1-1\`: it was never sent (ledger.refused)
  The next run plans its records anew.
`,
    });
  });
});
