import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.js";
import { batch, end, go, item, reject, start, SYNC, T0 } from "../store/rows.js";
import { operator, type Operator } from "./operator.js";

let world: Operator;

beforeEach(async () => {
  world = await operator();
  await world.given(refusals);
});

afterEach(() => world.end());

/** Two that Meta refused, one that this package rejected, and one that an operator gave up. */
async function refusals(store: Store): Promise<void> {
  const runId = await start(store);
  await store.rejects.noteLocal(runId, SYNC, [TOO_WEAK], T0);
  await go(store, batch(runId, 1, { items: [item(1), item(2)] }), {
    state: "rejected",
    rejects: [reject(1), reject(2, { code: "100", message: "Invalid parameter" })],
  });
  await go(store, batch(runId, 2, { items: [item(3)] }), { state: "unknown" });
  await end(store, runId);
  await store.ledger.skip("1-2", T0 + 60_000);
}

const TOO_WEAK = reject(9, {
  scope: "",
  code: "too_weak",
  field: "user_data",
  message: "Too little is known of the person.",
});

const COUNTS = `SYNC    SCOPE            OPERATION  REFUSED BY   CODE         RECORDS
orders                   import     retl-meta    too_weak           1
orders  400000000000456  import     Meta         100                1
orders  400000000000456  import     Meta         100/2804003        1
orders  400000000000456  import     an operator  skipped            1
`;

/** Who is left, newest first. */
function left(): Promise<readonly string[]> {
  return world.found(async ({ rejects }) =>
    (await rejects.list({}, 9)).map(({ identity }) => identity),
  );
}

describe("rejects list", () => {
  it("counts causes, then shows the newest with their reasons", async () => {
    expect(await world.run("rejects", "list")).toEqual({
      code: 0,
      stdout: `${COUNTS}
SINCE                 SYNC    SCOPE            OPERATION  RECORD   BATCH  CODE         REASON
2026-04-24T03:07:40Z  orders  400000000000456  import     order-3  1-2    skipped      An operator gave the batch up.
2026-04-24T03:06:42Z  orders  400000000000456  import     order-1  1-1    100/2804003  Meta refused it.
2026-04-24T03:06:42Z  orders  400000000000456  import     order-2  1-1    100          Invalid parameter
2026-04-24T03:06:40Z  orders                   import     order-9         too_weak     Too little is known of the person.
`,
      stderr: "",
    });
  });

  it("shows as many as are asked for, and says when there are more", async () => {
    expect(await world.run("rejects", "list", "--limit", "0")).toEqual({
      code: 0,
      stdout: COUNTS,
      stderr: "There are more than 0; --limit shows more.\n",
    });
  });

  it.each([
    [["--origin", "local"], ["order-9"]],
    [["--batch", "1-1", "--code", "100"], ["order-2"]],
    [["--identity", "order-1", "--sync", "orders", "--scope", "400000000000456"], ["order-1"]],
    [["--sync", "vip"], []],
  ])("keeps to its filters: %j", async (filter, identities) => {
    const { code, stdout } = await world.run("rejects", "list", "--json", ...filter);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      counts: identities.map(() => ({ sync: "orders", count: 1 })),
      rejects: identities.map((identity) => ({ identity })),
    });
  });

  it("says that nothing fits", async () => {
    expect(await world.run("rejects", "list", "--sync", "vip")).toEqual({
      code: 0,
      stdout: "No reject fits.\n",
      stderr: "",
    });
  });
});

describe("rejects export", () => {
  it("prints a JSON line for each that fits, and how many they are", async () => {
    expect(await world.run("rejects", "export", "--scope", "")).toEqual({
      code: 0,
      stdout:
        '{"sync":"orders","scope":"","operation":"import","identity":"order-9","code":"too_weak","field":"user_data","message":"Too little is known of the person.","origin":"local","created_at":"2026-04-24T03:06:40Z"}\n',
      stderr: "1 refused record.\n",
    });
    const meta = await world.run("rejects", "export", "--origin", "meta", "--json");
    expect(meta).toEqual({
      code: 0,
      stdout: `{"sync":"orders","scope":"400000000000456","operation":"import","identity":"order-1","code":"100/2804003","field":"","message":"Meta refused it.","batch_id":"1-1","origin":"meta","created_at":"2026-04-24T03:06:42Z"}
{"sync":"orders","scope":"400000000000456","operation":"import","identity":"order-2","code":"100","field":"","message":"Invalid parameter","batch_id":"1-1","origin":"meta","created_at":"2026-04-24T03:06:42Z"}
`,
      stderr: '{"severity":"note","message":"2 refused records."}\n',
    });
  });
});

describe("rejects retry", () => {
  it("wants to be told which, before it looks for a store", async () => {
    expect(await world.run("rejects", "retry", "--store", "none.duckdb")).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: Say which with --sync, --scope, --code and so on, or --all for all of them (cli.usage)
  See the command's --help.
`,
    });
    expect(await left()).toHaveLength(4);
  });

  it("has those sent again that fit", async () => {
    expect(await world.run("rejects", "retry", "--code", "100/2804003")).toEqual({
      code: 0,
      stdout: "1 refused record will be sent again by the next run.\n",
      stderr: "",
    });
    expect(await left()).toEqual(["order-3", "order-2", "order-9"]);
  });

  it("leaves those of this package, which every run looks at anew", async () => {
    expect(await world.run("rejects", "retry", "--all")).toEqual({
      code: 0,
      stdout: `2 refused records will be sent again by the next run.
1 record that an operator gave up is open again: the next run sends what can be repeated safely, \`ledger retry\` decides about the rest.
1 record that retl-meta itself rejected stays: every run checks such records anew, so correct the source or the mapping.
`,
      stderr: "",
    });
    expect(await left()).toEqual(["order-9"]);
    expect(await world.run("rejects", "retry", "--origin", "local", "--json")).toEqual({
      code: 0,
      stdout: '{"did":"retry","meta":0,"operator":0,"local_left":1}\n',
      stderr: "",
    });
    expect(await left()).toEqual(["order-9"]);
  });

  it("says that nothing fits", async () => {
    expect(await world.run("rejects", "retry", "--batch", "7-7")).toEqual({
      code: 0,
      stdout: "No reject fits.\n",
      stderr: "",
    });
  });
});
