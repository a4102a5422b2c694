import { describe, expect, it } from "vitest";
import { statusJson } from "../../src/report/status-json.js";
import { statusText } from "../../src/report/status-text.js";
import type { LoggedRun } from "../../src/store/run-log.js";
import { loggedBatch, loggedRun, NOTHING, registered } from "./logged.js";

const REPORT = JSON.stringify({
  records: { read: 1_100, acknowledged: 900, delivered: 60, rejected: 40, unknown: 7, failed: 1 },
  targets: [
    { target: "456", operation: "import", acknowledged_items: 900 },
    { target: "VIP", operation: "remove", acknowledged_items: 12 },
  ],
  failures: [{ target: "456", summary: "Meta did not answer in time. Run again." }],
});

const REFUSED = { origin: "meta", code: "100/2804003" } as const;

/** What the last run of a sync gives a person to do. */
function advice(differs: Partial<LoggedRun>): string {
  const run = loggedRun(differs);
  const [, last = ""] = statusText({ ...NOTHING, runs: [run], latest: [run] }).split("\n\n");
  return last;
}

describe("the status", () => {
  it("of a store without runs is that nothing was run", () => {
    expect(statusText(NOTHING)).toBe("Nothing was run yet.\n");
  });

  it("tells of runs, events, open requests, rejects and begun audiences, and what needs a person", () => {
    const run = loggedRun({ status: "partially_succeeded", report: REPORT });
    const before = loggedRun({
      runId: 11,
      sync: "vip",
      endedAt: undefined,
      status: "unfinished",
    });
    const status = {
      runs: [run, before],
      latest: [run, before],
      events: [{ pixelId: "456", delivered: 12_607, unanswered: 38, inDoubt: 2 }],
      open: [loggedBatch()],
      leftBehind: new Map([
        ["records:web", 1],
        ["records:shop", 2],
      ]),
      rejects: [
        { sync: "orders", scope: "456", operation: "import", ...REFUSED, count: 40 } as const,
        { sync: "vip", scope: "VIP", operation: "remove", ...REFUSED, count: 2 } as const,
      ],
      creating: [registered({ audienceId: undefined })],
    };
    expect(statusText(status)).toBe(
      `RUN  SYNC    STARTED               TOOK         STATUS                READ  ACKNOWLEDGED  ALREADY THERE  REMOVED  REJECTED  OPEN
12   orders  2026-04-24T03:06:40Z  12 min 34 s  partially succeeded  1,100           900             60       12        40     8
11   vip     2026-04-24T03:06:40Z               unfinished

PIXEL  DELIVERED  UNANSWERED  IN DOUBT
456       12,607          38         2

Open requests:

BATCH  SYNC    TARGET  OPERATION  STATE    RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
12-3   orders  456     import     unknown    1,000    40         2  2026-04-24T03:06:40Z  Meta did not answer in time.

Left out until they change (\`rejects list\` says why):

SYNC    SCOPE  OPERATION  REFUSED BY  CODE         RECORDS
orders  456    import     Meta        100/2804003       40
vip     VIP    remove     Meta        100/2804003        2

The next run that finds them in its source sends 38 unanswered events again.
The next run looks up the audience "VIP", whose creation was begun.

What needs you:
  \`orders\`, run 12, succeeded in part: 456: Meta did not answer in time. Run again.
  \`vip\`, run 11, broke off: run it again, and it goes on from there.
  \`records:web\`: 1 request of earlier runs is open, and later runs had other records. Run those records again, or give it up: \`ledger list --sync records:web\` shows it.
  \`records:shop\`: 2 requests of earlier runs are open, and later runs had other records. Run those records again, or give them up: \`ledger list --sync records:shop\` shows them.
  \`vip\`: 2 rows are still in "VIP", because Meta refused to remove them: \`rejects list --sync vip\` says why, \`rejects retry\` tries again.
  2 events are in doubt: they were never answered, and may count twice if they are sent again by now. \`ledger list --state unknown,failed\` shows the requests; \`ledger retry\` sends them again all the same, \`ledger skip\` gives them up.
`,
    );
  });

  it("speaks of one event as of one", () => {
    const run = loggedRun();
    const events = [{ pixelId: "456", delivered: 0, unanswered: 1, inDoubt: 1 }];
    expect(statusText({ ...NOTHING, runs: [run], latest: [run], events })).toContain(
      `
The next run that finds it in its source sends 1 unanswered event again.

What needs you:
  1 event is in doubt: it was never answered, and may count twice if it is sent again by now. \`ledger`,
    );
  });
});

describe("what needs a person", () => {
  it("is nothing after a run that went well, or in part and without a failure", () => {
    expect(advice({ status: "succeeded" })).toBe("Nothing needs you.\n");
    expect(advice({ status: "partially_succeeded", report: "{}" })).toBe("Nothing needs you.\n");
  });

  it.each([
    [{ status: "failed" }, "failed: run it again."],
    [{ status: "failed", report: REPORT }, "failed: 456: Meta did not answer in time. Run again."],
    [
      { status: "blocked" },
      "was blocked: put token, permission and terms in order. Then run it again.",
    ],
    [
      { status: "blocked", report: '{"stopped":"The token has expired. Make a new one."}' },
      "was blocked: The token has expired. Make a new one. Then run it again.",
    ],
    [
      {
        status: "failed",
        report:
          '{"source_problem":"source.repeated_records","source_problem_message":"1 record is there twice"}',
      },
      "failed: its source has to be put in order first: 1 record is there twice (source.repeated_records). Then run it again.",
    ],
    [
      {
        status: "failed",
        report:
          '{"failures":[{"target":"VIP","code":"target.not_owned","summary":"Another sync keeps it."}]}',
      },
      "failed: VIP: Another sync keeps it. (target.not_owned)",
    ],
    [{ status: "interrupted" }, "was interrupted: run it again to send the rest."],
    [{ status: "unfinished" }, "broke off: run it again, and it goes on from there."],
    [
      { status: undefined, endedAt: undefined },
      "has not ended: if its process is gone (node (PID 7)), run it again, and it goes on from there.",
    ],
  ] as const)("after a run like %j is said with its remedy", (differs, said) => {
    expect(advice(differs)).toBe(`What needs you:\n  \`orders\`, run 12, ${said}\n`);
  });

  it("is told of each audience that something is wrong with, but of no more than a few", () => {
    const failures = Array.from({ length: 7 }, (_, at) => ({
      target: `A${String(at)}`,
      summary: "no",
    }));
    const two = JSON.stringify({ failures: failures.slice(0, 2) });
    expect(advice({ status: "partially_succeeded", report: two })).toBe(
      `What needs you:
  \`orders\`, run 12, succeeded in part: A0: no
  \`orders\`, run 12, succeeded in part: A1: no
`,
    );
    expect(advice({ status: "failed", report: JSON.stringify({ failures }) })).toMatch(
      /failed: A4: no\n {2}`orders`, run 12, and 2 things more\.\n$/,
    );
  });

  it("counts people who are still to be removed as open", () => {
    const report = JSON.stringify({ records: { read: 3 }, mirror: { open_removals: 40 } });
    const run = loggedRun({ status: "failed", report });
    expect(statusText({ ...NOTHING, runs: [run], latest: [] })).toMatch(
      / {2}failed +3 +0 +0 +0 +0 +40\n/,
    );
  });

  it("is told of a report that no version can read, too", () => {
    expect(advice({ status: "failed", report: "{" })).toContain("failed: run it again.");
    expect(advice({ status: "failed", report: '{"failures":[7]}' })).toContain("run it again.");
    expect(advice({ status: "failed", report: '{"failures":[{"target":7}]}' })).toContain(
      "run it again.",
    );
  });
});

describe("the status for machines", () => {
  it("is one object with the reports of runs as they were printed", () => {
    const run = loggedRun({
      status: undefined,
      endedAt: undefined,
      report: '{"rejections":{"myCode":1}}',
    });
    const status = {
      ...NOTHING,
      runs: [run],
      latest: [run],
      events: [{ pixelId: "456", delivered: 1, unanswered: 2, inDoubt: 0 }],
      open: [loggedBatch({ summary: undefined })],
      creating: [registered({ audienceId: undefined })],
    };
    expect(statusJson(status)).toEqual({
      runs: [
        {
          run_id: 12,
          sync: "orders",
          surface: "events",
          holder: "node (PID 7)",
          started_at: "2026-04-24T03:06:40Z",
          report: { rejections: { myCode: 1 } },
        },
      ],
      events: [{ pixel_id: "456", delivered: 1, unanswered: 2, in_doubt: 0 }],
      open: [
        {
          batch_id: "12-3",
          run_id: 12,
          position: 2,
          surface: "events",
          operation: "import",
          target: "456",
          path: "/v25.0/456/events",
          fingerprint: "f00d",
          records: 1_000,
          item_count: 1_000,
          sync: "orders",
          state: "unknown",
          attempts: 2,
          open_events: 40,
          first_sent_at: "2026-04-24T03:06:40Z",
          settled_at: "2026-04-24T03:08:10Z",
        },
      ],
      left_behind: {},
      rejects: [],
      creating: [
        {
          ad_account_id: "111",
          target: "VIP",
          created_by_us: false,
          trusted_since: "2026-04-24T03:06:40Z",
          checked_at: "2026-04-24T03:07:40Z",
        },
      ],
      next_run: [
        "The next run that finds them in its source sends 2 unanswered events again.",
        'The next run looks up the audience "VIP", whose creation was begun.',
      ],
      needs_you: [
        "`orders`, run 12, has not ended: if its process is gone (node (PID 7)), run it again, and it goes on from there.",
      ],
    });
  });
});
