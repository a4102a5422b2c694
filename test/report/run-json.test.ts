import { expect, it } from "vitest";
import type { Evidence } from "../../src/core/outcome.js";
import { runJson } from "../../src/report/run-json.js";
import { runResult } from "./logged.js";

const EVIDENCE: Evidence = {
  outcome: "partially_succeeded",
  surface: "custom_audiences",
  target: "VIP",
  batchFingerprint: "f00d",
  recordCount: 2,
  itemCount: 2,
  confirmed: 1,
  rejected: 1,
  httpStatus: 200,
  samples: { "sha256:AbC": "not hashed" },
  summary: "Meta counted 1 row as malformed.",
};

it("prints every count of a run in snake_case, and evidence whole", () => {
  const result = runResult(
    {
      records: {
        read: 9,
        acknowledged: 4,
        delivered: 2,
        repeated: 1,
        skipped: 1,
        inDoubt: 1,
        history: 5,
      },
      requests: { planned: 3, acknowledged: 2, split: 1, carried: 1, attempts: 4 },
    },
    {
      status: "interrupted",
      stopped: "It was interrupted.",
      standingRejections: 1,
      newlyInDoubt: 1,
      changedSinceDelivery: 2,
      rerouted: [
        { eventName: "Lead", sentTo: "456", answered: true, routedTo: "789", count: 3 },
        { eventName: "Lead", sentTo: "456", answered: false, routedTo: "789", count: 1 },
      ],
      unnamedInvalidItems: 3,
      rejections: new Map([["missingKey", 1]]),
      failures: [
        {
          target: "VIP",
          code: "meta.rejected",
          summary: EVIDENCE.summary,
          count: 1,
          evidence: EVIDENCE,
        },
      ],
    },
  );
  expect(runJson(result)).toEqual({
    surface: "events",
    dry_run: false,
    status: "interrupted",
    stopped: "It was interrupted.",
    records: {
      read: 9,
      planned: 0,
      acknowledged: 4,
      unknown: 0,
      failed: 0,
      not_sent: 0,
      rejected: 0,
      withheld: 0,
      delivered: 2,
      repeated: 1,
      skipped: 1,
      unchanged: 0,
      in_doubt: 1,
      history: 5,
      suppressed: 0,
    },
    requests: {
      planned: 3,
      acknowledged: 2,
      failed: 0,
      unknown: 0,
      not_sent: 0,
      split: 1,
      carried: 1,
      attempts: 4,
    },
    targets: [],
    rejections: { missingKey: 1 },
    standing_rejections: 1,
    newly_in_doubt: 1,
    changed_since_delivery: 2,
    rerouted: [
      { event_name: "Lead", sent_to: "456", answered: true, routed_to: "789", records: 3 },
      { event_name: "Lead", sent_to: "456", answered: false, routed_to: "789", records: 1 },
    ],
    unnamed_invalid_items: 3,
    failures: [
      {
        target: "VIP",
        code: "meta.rejected",
        summary: "Meta counted 1 row as malformed.",
        count: 1,
        evidence: {
          outcome: "partially_succeeded",
          surface: "custom_audiences",
          target: "VIP",
          batch_fingerprint: "f00d",
          record_count: 2,
          item_count: 2,
          confirmed: 1,
          rejected: 1,
          http_status: 200,
          samples: { "sha256:AbC": "not hashed" },
          summary: "Meta counted 1 row as malformed.",
        },
      },
    ],
    dropped_values: {},
    suspicious_values: {},
    ignored_identifiers: {},
    unmapped_fields: {},
    personal_data: {},
  });
});
