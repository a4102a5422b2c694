import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batch, end, evidence, go, item, PIXEL, start, SYNC, T0 } from "../store/rows.js";
import { operator, type Operator } from "./operator.js";
import { LOST, twoRuns } from "./two-runs.js";

let world: Operator;

beforeEach(async () => {
  world = await operator();
});

afterEach(() => world.end());

describe("ledger list", () => {
  it("shows requests, the newest first", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "list")).toEqual({
      code: 0,
      stdout: `BATCH  SYNC    TARGET           OPERATION  STATE      RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
2-1    vip     VIP              upsert     failed           3     0         1  2026-04-24T03:07:41Z  The token has expired.
1-3    orders  400000000000456  import     rejected         1     0         1  2026-04-24T03:06:41Z  Meta refused it.
1-2    orders  400000000000456  import     unknown          2     2         1  2026-04-24T03:06:41Z  Meta did not answer in time. Run again.
1-1    orders  400000000000456  import     succeeded        1     0         1  2026-04-24T03:06:41Z  Meta took it.
`,
      stderr: "",
    });
  });

  it.each([
    [["--sync", "vip"], ["2-1"]],
    [
      ["--target", PIXEL],
      ["1-3", "1-2", "1-1"],
    ],
    [
      ["--run", "1", "--state", "unknown,succeeded"],
      ["1-2", "1-1"],
    ],
    [
      ["--state", "failed, rejected"],
      ["2-1", "1-3"],
    ],
    [["--run", "9"], []],
  ])("keeps to its filters: %j", async (filter, ids) => {
    await world.given(twoRuns);
    const { code, stdout } = await world.run("ledger", "list", "--json", ...filter);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(ids.map((id) => ({ batch_id: id })));
    expect(JSON.parse(stdout)).toHaveLength(ids.length);
  });

  it("says that nothing fits, and when there is more than it shows", async () => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "list", "--state", "split")).toEqual({
      code: 0,
      stdout: "No request fits.\n",
      stderr: "",
    });
    expect(await world.run("ledger", "list", "--limit", "1")).toEqual({
      code: 0,
      stdout: `BATCH  SYNC  TARGET  OPERATION  STATE   RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
2-1    vip   VIP     upsert     failed        3     0         1  2026-04-24T03:07:41Z  The token has expired.
`,
      stderr: "There are more than 1; --limit shows more.\n",
    });
    const json = await world.run("ledger", "list", "--limit", "3", "--json");
    expect(json.stderr).toBe(
      '{"severity":"note","message":"There are more than 3; --limit shows more."}\n',
    );
  });
});

describe("ledger show", () => {
  it("shows a request with each attempt and what Meta said to it", async () => {
    await world.given(async (store) => {
      const runId = await start(store);
      const told = evidence({
        outcome: "retryable",
        evidenceCode: "meta.throttled",
        httpStatus: 400,
        code: 80_004,
        message: "There have been too many calls",
        fbtraceId: "AbC",
        retryAfterMs: 60_000,
        samples: { "sha256:aB": "odd" },
        summary: "The limit is used up (code 80004). Wait.",
      });
      await go(store, batch(runId, 1, { items: [item(1)] }), { state: "unknown", evidence: told });
      const again = { batchId: "1-1", attempt: 2, at: T0 + 70_000, deadline: T0 + 99_000 };
      await store.ledger.sending(again);
      await store.ledger.settle({
        ...again,
        at: T0 + 80_000,
        state: "unknown",
        evidence: LOST,
        rejects: [],
      });
      await end(store, runId);
    });
    expect(await world.run("ledger", "show", "1-1")).toEqual({
      code: 0,
      stdout: `1-1: import of 1 record for 400000000000456 (orders, run 1)
  state        unknown: Meta may have applied it
  open         1 event
  path         /v25.0/400000000000456/events
  fingerprint  fingerprint-1

Attempt 1, sent 2026-04-24T03:06:41Z, settled 2026-04-24T03:06:42Z
  outcome      retryable
  summary      The limit is used up (code 80004). Wait.
  HTTP status  400
  code         80004
  message      There have been too many calls
  fbtrace_id   AbC
  sample       sha256:aB: odd
  wait         1 min 0 s, as Meta asked

Attempt 2, sent 2026-04-24T03:07:50Z, settled 2026-04-24T03:08:00Z
  outcome      unknown
  summary      Meta did not answer in time. Run again.
`,
      stderr: "",
    });
    const json = await world.run("ledger", "show", "1-1", "--json");
    expect(JSON.parse(json.stdout)).toEqual({
      batch: {
        batch_id: "1-1",
        run_id: 1,
        sync: SYNC,
        position: 1,
        surface: "events",
        operation: "import",
        target: PIXEL,
        path: `/v25.0/${PIXEL}/events`,
        fingerprint: "fingerprint-1",
        records: 1,
        item_count: 1,
        state: "unknown",
        attempts: 2,
        summary: "Meta did not answer in time. Run again.",
        open_events: 1,
        first_sent_at: "2026-04-24T03:06:41Z",
        settled_at: "2026-04-24T03:08:00Z",
      },
      attempts: [
        {
          attempt: 1,
          sent_at: "2026-04-24T03:06:41Z",
          settled_at: "2026-04-24T03:06:42Z",
          evidence: {
            outcome: "retryable",
            surface: "events",
            target: PIXEL,
            batch_fingerprint: "fingerprint-0",
            record_count: 1,
            item_count: 1,
            confirmed: 1,
            rejected: 0,
            evidence_code: "meta.throttled",
            http_status: 400,
            code: 80_004,
            message: "There have been too many calls",
            fbtrace_id: "AbC",
            retry_after_ms: 60_000,
            samples: { "sha256:aB": "odd" },
            summary: "The limit is used up (code 80004). Wait.",
          },
        },
        {
          attempt: 2,
          sent_at: "2026-04-24T03:07:50Z",
          settled_at: "2026-04-24T03:08:00Z",
          evidence: expect.objectContaining({ outcome: "unknown" }),
        },
      ],
      parts: [],
    });
  });

  it("shows the parts of a split request in their order", async () => {
    await world.given(async (store) => {
      const runId = await start(store);
      await go(store, batch(runId, 1, { items: [item(1), item(2)] }), { state: "split" });
      for (const number of [1, 2])
        await go(
          store,
          batch(runId, 1, {
            batchId: `1-1/${String(number)}`,
            parent: "1-1",
            items: [item(number)],
          }),
          { state: "succeeded" },
        );
      await end(store, runId);
    });
    const { stdout } = await world.run("ledger", "show", "1-1");
    expect(stdout).toContain("\n  state        split: its records went on in parts\n");
    expect(stdout.split("Parts:\n\n")[1]).toBe(
      `BATCH  SYNC    TARGET           OPERATION  STATE      RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
1-1/1  orders  400000000000456  import     succeeded        1     0         1  2026-04-24T03:06:41Z  Meta took it.
1-1/2  orders  400000000000456  import     succeeded        1     0         1  2026-04-24T03:06:41Z  Meta took it.
`,
    );
    const part = await world.run("ledger", "show", "1-1/2");
    expect(part.stdout).toContain("\n  part of      1-1\n");
  });

  it.each(["9-9", "1-7", "orders"])("does not know %s", async (id) => {
    await world.given(twoRuns);
    expect(await world.run("ledger", "show", id)).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: the ledger has no request \`${id}\` (ledger.unknown_batch)
  \`retl-meta ledger list\` shows them; ids look like \`12-3\`.
`,
    });
  });
});
