import { describe, expect, it } from "vitest";
import { batchText } from "../../src/report/batch-text.js";
import { ledgerText } from "../../src/report/ledger-text.js";
import { evidence } from "../store/rows.js";
import { loggedBatch, T0 } from "./logged.js";

describe("the list of requests", () => {
  it("has a line for each, and no name that a terminal would obey or that is personal", () => {
    const batches = [
      loggedBatch(),
      loggedBatch({
        batchId: "12-2/1",
        operation: "upsert",
        target: "\u001bVIP of ann@example.test",
        state: "partially_succeeded",
        records: 7,
        openEvents: 0,
        attempts: 0,
        firstSentAt: undefined,
        summary: undefined,
      }),
    ];
    expect(ledgerText(batches)).toBe(
      `BATCH   SYNC    TARGET              OPERATION  STATE                RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
12-3    orders  456                 import     unknown                1,000    40         2  2026-04-24T03:06:40Z  Meta did not answer in time.
12-2/1  orders  ·VIP of [redacted]  upsert     partially succeeded        7     0         0
`,
    );
  });

  it("says that nothing fits", () => {
    expect(ledgerText([])).toBe("No request fits.\n");
  });
});

describe("one request", () => {
  it("is shown with all that Meta said to each attempt", () => {
    const attempts = [
      {
        attempt: 1,
        sentAt: T0,
        deadline: T0 + 60_000,
        settledAt: T0 + 1_000,
        evidence: evidence({
          outcome: "retryable",
          evidenceCode: "meta.throttled",
          httpStatus: 400,
          code: 80_004,
          subcode: 2_446_079,
          message: "There have been too many calls",
          detail: "Wait a bit.",
          fbtraceId: "AbC",
          requestId: "r-1",
          received: 1_000,
          invalid: 2,
          samples: { "sha256:12": "not an e-mail" },
          retryAfterMs: 300_000,
          summary: "The limit is used up (code 80004/2446079). Wait.",
        }),
      },
      {
        attempt: 2,
        sentAt: T0 + 301_000,
        deadline: T0 + 361_000,
        settledAt: undefined,
        evidence: undefined,
      },
    ];
    expect(batchText(loggedBatch(), [], attempts)).toBe(
      `12-3: import of 1,000 records for 456 (orders, run 12)
  state        unknown: Meta may have applied it
  open         40 events
  path         /v25.0/456/events
  fingerprint  f00d

Attempt 1, sent 2026-04-24T03:06:40Z, settled 2026-04-24T03:06:41Z
  outcome      retryable
  summary      The limit is used up (code 80004/2446079). Wait.
  HTTP status  400
  code         80004/2446079
  message      There have been too many calls
  detail       Wait a bit.
  fbtrace_id   AbC
  request id   r-1
  received     1,000
  invalid      2
  sample       sha256:12: not an e-mail
  wait         5 min 0 s, as Meta asked

Attempt 2, sent 2026-04-24T03:11:41Z, no answer was written down
`,
    );
  });

  it("is shown with the parts that it went on in, and a part with what it is of", () => {
    const split = loggedBatch({ state: "split", openEvents: 0, records: 2 });
    const part = loggedBatch({
      batchId: "12-3/1",
      parent: "12-3",
      state: "succeeded",
      attempts: 1,
      records: 1,
      openEvents: 0,
      summary: "Meta took it.",
    });
    expect(batchText(split, [part], [])).toBe(
      `12-3: import of 2 records for 456 (orders, run 12)
  state        split: its records went on in parts
  path         /v25.0/456/events
  fingerprint  f00d

Parts:

BATCH   SYNC    TARGET  OPERATION  STATE      RECORDS  OPEN  ATTEMPTS  FIRST SENT            LAST ANSWER
12-3/1  orders  456     import     succeeded        1     0         1  2026-04-24T03:06:40Z  Meta took it.
`,
    );
    expect(batchText(part, [], [])).toBe(
      `12-3/1: import of 1 record for 456 (orders, run 12)
  state        succeeded
  part of      12-3
  path         /v25.0/456/events
  fingerprint  f00d
`,
    );
  });

  it("that needed no sending says that an earlier one counts for it", () => {
    const carried = loggedBatch({ state: "succeeded", attempts: 0, openEvents: 0, records: 1 });
    expect(batchText(carried, [], [])).toContain(
      "\n  state        succeeded: a request of an earlier run counts for it\n",
    );
  });

  it("shows a code that has no subcode", () => {
    const answered = { attempt: 1, sentAt: T0, deadline: T0, settledAt: T0 };
    const text = batchText(loggedBatch(), [], [{ ...answered, evidence: evidence({ code: 190 }) }]);
    expect(text).toContain("\n  code         190\n");
  });
});
