/**
 * Against Meta itself, with a test ad account. Opt in with RETL_META_SANDBOX=1 and the variables of
 * .env.meta-sandbox.example; otherwise everything here is skipped.
 */
import { describe, expect, it } from "vitest";
import { loadDestination, type Destination, type RunResult } from "../../src/index.js";

const { env } = process;
const optedIn = env["RETL_META_SANDBOX"] === "1";
const NEEDED = ["AD_ACCOUNT_ID", "PIXEL_ID", "ACCESS_TOKEN", "TEST_EVENT_CODE"] as const;
const missing = NEEDED.map((name) => `RETL_META_SANDBOX_${name}`).filter((name) => !env[name]);
const why = optedIn
  ? `set ${missing.join(", ")}`
  : "set RETL_META_SANDBOX=1 and the variables of .env.meta-sandbox.example";
const ready = optedIn && missing.length === 0;

function load(mapping: "events" | "custom_audiences"): Promise<Destination> {
  return loadDestination("retl/meta", {
    mapping,
    config: {
      adAccountId: env["RETL_META_SANDBOX_AD_ACCOUNT_ID"],
      pixelId: env["RETL_META_SANDBOX_PIXEL_ID"],
      actionSource: "website",
      testEventCode: env["RETL_META_SANDBOX_TEST_EVENT_CODE"],
    },
    credentials: { accessToken: "env:RETL_META_SANDBOX_ACCESS_TOKEN" },
  });
}

/** What an operator needs to see when the live answer is not the expected one. */
function summaryOf({ status, records, failures }: RunResult) {
  return {
    status,
    acknowledged: records.acknowledged,
    failures: failures.map(({ summary }) => summary),
  };
}

const ACKNOWLEDGED = { status: "succeeded", acknowledged: 1, failures: [] };

describe.skipIf(!ready)(`live, at Meta${ready ? "" : ` (skipped: ${why})`}`, () => {
  it("takes one test event", async () => {
    const events = await load("events");
    const now = Date.now();
    const result = await events.deliver([
      {
        key: { event_id: `retl-meta-sandbox-${String(now)}` },
        event_name: "Lead",
        occurred_at: new Date(now - 60_000).toISOString(),
        identifiers: [{ type: "email", value: "sandbox@example.com" }],
        payload: {
          event_source_url: "https://example.com/sandbox",
          client_user_agent: "retl-meta-sandbox",
        },
      },
    ]);
    expect(summaryOf(result)).toEqual(ACKNOWLEDGED);
  });

  it("adds one synthetic person to an audience and removes them again", async () => {
    const audiences = await load("custom_audiences");
    const person = {
      target: "retl-meta sandbox",
      key: { id: "synthetic-1" },
      identifiers: [{ type: "email", value: "synthetic.person@example.com" }],
    };
    const added = await audiences.deliver([{ ...person, operation: "upsert" }]);
    expect(summaryOf(added)).toEqual(ACKNOWLEDGED);
    const removed = await audiences.deliver([{ ...person, operation: "remove" }]);
    // Meta may refuse to empty an audience (200/1870047); that too is an answer worth seeing.
    expect(summaryOf(removed)).toEqual(ACKNOWLEDGED);
  });
});

if (!ready) process.stderr.write(`The live tests are skipped: ${why}.\n`);
