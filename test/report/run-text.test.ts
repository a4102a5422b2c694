import { describe, expect, it } from "vitest";
import { emptyTally } from "../../src/mapping/scope.js";
import type { DropReason, Suspicion } from "../../src/normalize/normalizer.js";
import { runText } from "../../src/report/run-text.js";
import { runResult } from "./logged.js";

/** The report's first line. */
function headline(...given: Parameters<typeof runResult>): string {
  return runText(runResult(...given)).split("\n")[0] ?? "";
}

describe("the headline of a run", () => {
  it("counts the requests that Meta acknowledged", () => {
    expect(headline({ requests: { planned: 14, acknowledged: 12 } }, { status: "failed" })).toBe(
      "events: delivery FAILED; Meta acknowledged 12 of 14 requests",
    );
  });

  it("counts the parts of a split request in its place", () => {
    const requests = { planned: 16, split: 2, acknowledged: 12 };
    expect(headline({ requests }, { status: "partially_succeeded" })).toBe(
      "events: delivery succeeded in part; Meta acknowledged 12 of 14 requests, counting the parts of 2 that were split",
    );
    expect(headline({ requests: { planned: 3, split: 1, acknowledged: 2 } })).toBe(
      "events: delivery succeeded; Meta acknowledged 2 of 2 requests, counting the parts of 1 that was split",
    );
  });

  it("leaves requests out that an earlier run had acknowledged", () => {
    expect(headline({ requests: { planned: 2, acknowledged: 2, carried: 3 } })).toBe(
      "events: delivery succeeded; Meta acknowledged 2 of 2 requests; 3 more were acknowledged by an earlier run",
    );
    expect(
      headline({
        requests: { planned: 1, acknowledged: 1, carried: 1 },
        records: { skipped: 5 },
      }),
    ).toBe(
      "events: delivery succeeded; Meta acknowledged 1 of 1 request; 1 more was acknowledged by an earlier run or given up by an operator",
    );
  });

  it("says that there was nothing to send, and why", () => {
    expect(headline({ requests: { carried: 3 } })).toBe(
      "events: nothing to send: all 3 requests were acknowledged by an earlier run",
    );
    expect(headline({ requests: { carried: 1 } })).toBe(
      "events: nothing to send: the one request was acknowledged by an earlier run",
    );
    expect(headline({ records: { read: 6, delivered: 6 } })).toBe(
      "events: nothing to send; what was acknowledged before is not sent again",
    );
    expect(headline({})).toBe("events: nothing to send");
    expect(headline({ records: { read: 1, inDoubt: 1 } }, { status: "partially_succeeded" })).toBe(
      "events: nothing to send",
    );
  });

  it("does not call a run without requests that failed one with nothing to send", () => {
    expect(headline({ records: { read: 1, rejected: 1 } }, { status: "failed" })).toBe(
      "events: delivery FAILED; Meta acknowledged 0 of 0 requests",
    );
  });

  it("names an interruption", () => {
    expect(
      headline({ requests: { planned: 10, acknowledged: 4 } }, { status: "interrupted" }),
    ).toBe("events: delivery INTERRUPTED; Meta acknowledged 4 of 10 requests");
  });

  it("of a plan tells what an earlier run makes needless", () => {
    const dry = { dryRun: true };
    expect(headline({ requests: { planned: 3 } }, dry)).toBe(
      "events: plan of 3 requests; nothing was sent",
    );
    expect(headline({ requests: { planned: 3, carried: 2 } }, dry)).toBe(
      "events: plan of 3 requests; nothing was sent; 2 more were acknowledged by an earlier run",
    );
    expect(headline({ requests: { carried: 2 } }, dry)).toBe(
      "events: plan of 0 requests; nothing was sent; 2 requests were acknowledged by an earlier run",
    );
  });
});

describe("the report of a run", () => {
  it("says where every record ended up, and what somebody may decide on", () => {
    const result = runResult(
      {
        records: {
          read: 1_100,
          acknowledged: 900,
          delivered: 60,
          repeated: 3,
          rejected: 40,
          skipped: 12,
          withheld: 1,
          inDoubt: 5,
          failed: 50,
          unknown: 20,
          notSent: 9,
        },
        requests: { planned: 3, acknowledged: 1 },
      },
      {
        status: "partially_succeeded",
        standingRejections: 38,
        newlyInDoubt: 2,
        changedSinceDelivery: 3,
        unnamedInvalidItems: 2,
      },
    );
    expect(runText(result)).toBe(
      `events: delivery succeeded in part; Meta acknowledged 1 of 3 requests

1,100 records read, 900 acknowledged, 60 delivered before, 3 repeated in the source, 40 rejected (38 of them as before), 12 given up by an operator, 1 withheld by \`only_if\`, 5 in doubt (2 of them newly), 50 failed, 20 sent with an unknown outcome, 9 not sent.

Noted:
  5 events were never answered and may be counted twice by now if sent again: \`ledger list --state unknown,failed\` shows them, \`ledger retry\` or \`ledger skip\` decides.
  3 events changed after delivery; Meta keeps the first.
  Meta counted 2 rows as malformed without naming them.
`,
    );
  });

  it("tells of targets, of causes of rejection, of what went wrong, and of fields", () => {
    const tally = {
      ...emptyTally(),
      dropped: new Map<string, Map<DropReason, number>>([
        [
          "ph",
          new Map([
            ["not_a_phone_number", 1],
            ["too_short", 2],
            ["too_long", 1],
          ]),
        ],
        ["fn", new Map([["nothing_left", 1]])],
      ]),
      suspicious: new Map<string, Map<Suspicion, number>>([
        ["db", new Map([["ambiguous_date", 1]])],
        ["em", new Map([["implausible_email", 1200]])],
      ]),
      unmapped: new Map([["custom_data.basket", 2]]),
    };
    const rejection = { identity: "order-7", code: "too_weak", field: "user_data" } as const;
    const summary = "Meta did not answer in time. Run again.";
    const result = runResult(
      {
        records: { read: 1_007, acknowledged: 1_000, rejected: 5, unknown: 2 },
        requests: { planned: 2, acknowledged: 1, unknown: 1 },
      },
      {
        status: "partially_succeeded",
        tally,
        targets: [
          {
            target: "456",
            status: "mapped",
            operation: "import",
            requests: 2,
            records: 1_002,
            items: 1_002,
            acknowledgedItems: 1_000,
            invalidItems: 0,
          },
        ],
        rejections: new Map([["too_weak", 5]]),
        rejectionCauses: [
          { example: { ...rejection, message: "Too little is known of the person." }, count: 4 },
        ],
        failures: [
          { target: "456", code: "meta.unreadable", summary, count: 2, evidence: undefined },
        ],
        stopped: "The disk is full.",
      },
    );
    expect(runText(result)).toBe(
      `events: delivery succeeded in part; Meta acknowledged 1 of 2 requests

TARGET  STATUS  OPERATION  REQUESTS  RECORDS  EVENTS  ACKNOWLEDGED
456     mapped  import            2    1,002   1,002         1,000

1,007 records read, 1,000 acknowledged, 5 rejected, 2 sent with an unknown outcome.

REJECTED  RECORDS  FOR EXAMPLE
too_weak        4  order-7: Too little is known of the person.
others          1

What went wrong:
  456: Meta did not answer in time. Run again. (meta.unreadable) (2 times)
  The run stopped: The disk is full.

Noted:
  4 values for \`ph\` could not be used and were left out: too short (2), no phone number in its country (1), too long (1).
  1 value for \`fn\` could not be used and was left out: nothing is left once it is normalised (1).
  1 value for \`db\` looks wrong, and was used all the same: day and month could change places, the month was read first (1).
  1,200 values for \`em\` look wrong, and were used all the same: not like an e-mail address (1,200).
  \`custom_data.basket\` in 2 records is not a field of Meta's and was left out.
`,
    );
  });

  it("leaves to a match-quality report what that tells of values", () => {
    const tally = emptyTally();
    tally.dropped.set("ph", new Map([["too_short", 2]]));
    tally.suspicious.set("db", new Map([["ambiguous_date", 1]]));
    tally.dropped.set("custom_data.zone", new Map([["nothing_left", 1]]));
    const result = runResult({ records: { read: 1, planned: 1 } }, { tally });
    expect(runText(result, new Set(["ph", "db"])).split("Noted:\n")[1]).toBe(
      "  1 value for `custom_data.zone` could not be used and was left out: nothing is left once it is normalised (1).\n",
    );
  });

  it("speaks of one as of one", () => {
    const result = runResult(
      { records: { read: 3, inDoubt: 1, delivered: 2 } },
      { changedSinceDelivery: 1, unnamedInvalidItems: 1 },
    );
    expect(runText(result)).toBe(
      `events: nothing to send; what was acknowledged before is not sent again

3 records read, 2 delivered before, 1 in doubt.

Noted:
  1 event was never answered and may be counted twice by now if sent again: \`ledger list --state unknown,failed\` shows it, \`ledger retry\` or \`ledger skip\` decides.
  1 event changed after delivery; Meta keeps the first.
  Meta counted 1 row as malformed without naming it.
`,
    );
  });
});
