import { describe, expect, it } from "vitest";
import { rejectsRetriedText } from "../../src/report/rejects-retried-text.js";
import { rejectsText } from "../../src/report/rejects-text.js";
import { loggedReject } from "./logged.js";

const OF = { sync: "orders", operation: "import" } as const;

const COUNTS = [
  { scope: "", origin: "local", code: "too_weak", count: 12, ...OF },
  { scope: "456", origin: "meta", code: "100/2804003", count: 1_234, ...OF },
  { scope: "456", origin: "operator", code: "skipped", count: 40, ...OF },
] as const;

describe("the list of rejects", () => {
  it("counts the causes and then shows the newest", () => {
    const newest = [
      loggedReject(),
      loggedReject({
        scope: "",
        batchId: undefined,
        origin: "local",
        code: "too_weak",
        identity: '{"id":9}',
        message: "Too little is known of the person.",
      }),
    ];
    expect(rejectsText(COUNTS, newest)).toBe(
      `SYNC    SCOPE  OPERATION  REFUSED BY   CODE         RECORDS
orders         import     retl-meta    too_weak          12
orders  456    import     Meta         100/2804003    1,234
orders  456    import     an operator  skipped           40

SINCE                 SYNC    SCOPE  OPERATION  RECORD    BATCH  CODE         REASON
2026-04-24T03:06:40Z  orders  456    import     order-7   12-3   100/2804003  Event Timestamp Too Old
2026-04-24T03:06:40Z  orders         import     {"id":9}         too_weak     Too little is known of the person.
`,
    );
  });

  it("is the causes alone where no row is asked for, and a sentence where there are none", () => {
    expect(rejectsText(COUNTS.slice(0, 1), [])).toBe(
      `SYNC    SCOPE  OPERATION  REFUSED BY  CODE      RECORDS
orders         import     retl-meta   too_weak       12
`,
    );
    expect(rejectsText([], [])).toBe("No reject fits.\n");
  });
});

describe("rejects retry", () => {
  it("says what follows for each who refused", () => {
    expect(rejectsRetriedText({ meta: 1_234, operator: 40, local: 12 })).toBe(
      `1,234 refused records will be sent again by the next run.
40 records that an operator gave up are open again: the next run sends what can be repeated safely, \`ledger retry\` decides about the rest.
12 records that retl-meta itself rejected stay: every run checks such records anew, so correct the source or the mapping.
`,
    );
  });

  it("speaks of one as of one", () => {
    expect(rejectsRetriedText({ meta: 1, operator: 1, local: 1 })).toBe(
      `1 refused record will be sent again by the next run.
1 record that an operator gave up is open again: the next run sends what can be repeated safely, \`ledger retry\` decides about the rest.
1 record that retl-meta itself rejected stays: every run checks such records anew, so correct the source or the mapping.
`,
    );
  });

  it("says that nothing fits", () => {
    expect(rejectsRetriedText({ meta: 0, operator: 0, local: 0 })).toBe("No reject fits.\n");
  });
});
