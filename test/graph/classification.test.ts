import { describe, expect, it } from "vitest";
import { CLASS_EFFECTS, stopsOf } from "../../src/graph/class-effects.js";
import { classify } from "../../src/graph/classification.js";
import { outcomeOf } from "../../src/graph/outcome.js";
import { answerTo, graphError, redact, SENT_ROWS } from "./wire.js";

async function classOf(status: number, body: unknown): Promise<string> {
  const answer = await answerTo(status, body);
  return answer.kind === "json" ? "none" : classify(answer).class;
}

describe("the class of a failure", () => {
  it.each([
    ["an expired token", 190, 463, "account", "meta.auth_failed"],
    ["an unknown subcode of a known code", 190, 999, "account", "meta.auth_failed"],
    ["a bad signature", 104, undefined, "account", "meta.auth_failed"],
    ["terms not accepted", 200, 1870034, "account", "meta.permission_denied"],
    ["another missing permission", 273, undefined, "account", "meta.permission_denied"],
    ["a dead API version", 2635, undefined, "account", "meta.permission_denied"],
    ["a schema conflict", 2650, undefined, "target", "meta.rejected"],
    ["a flagged audience", 100, 1713230, "target", "meta.rejected"],
    ["a missing object", 100, 33, "target", "meta.rejected"],
    ["a disabled audience", 200, 1870065, "target", "meta.rejected"],
    ["a removal of too many", 200, 1870047, "too_few", "meta.rejected"],
    ["an event that is too old", 100, 2804003, "record", "meta.rejected"],
    ["an undocumented event error", 100, 2804099, "record", "meta.rejected"],
    ["a bare invalid parameter", 100, undefined, "record", "meta.rejected"],
    ["an unreadable path", 2500, undefined, "request", "meta.rejected"],
    ["the audience limit", 80003, undefined, "throttle", "meta.throttled"],
    ["another use case's limit", 80014, undefined, "throttle", "meta.throttled"],
    ["the application's limit", 341, undefined, "throttle", "meta.throttled"],
    ["an unknown error", 1, undefined, "transient", "meta.transient"],
    ["a negative code", -3, 5, "transient", "meta.transient"],
    ["a replace that is running", 2650, 1870145, "transient", "meta.transient"],
    ["a code that nobody described", 987654, 1, "request", "meta.rejected"],
  ])(
    "follows code and subcode for %s (%d/%s)",
    async (_, code, error_subcode, errorClass, evidence) => {
      const answer = await answerTo(400, graphError(code, { error_subcode }));
      if (answer.kind !== "graph_error") throw new TypeError("a Graph error was expected");
      expect(classify(answer)).toMatchObject({ class: errorClass, evidence });
    },
  );

  it("follows the message where Meta has no subcode", async () => {
    const message = "Please reduce the amount of data you're asking for, then retry your request";
    expect(await classOf(500, graphError(1, { message }))).toBe("batch");
    const value = "(#100) LOOKALIKE_VALUE column is missing";
    expect(await classOf(400, graphError(100, { message: value }))).toBe("target");
  });

  it("does not change with the HTTP status of a Graph error", async () => {
    for (const status of [200, 400, 413, 429, 500])
      expect(await classOf(status, graphError(80003))).toBe("throttle");
  });

  it("is transient when Meta says so and the code alone says nothing better", async () => {
    const transient = { is_transient: true };
    expect(await classOf(400, graphError(987654, transient))).toBe("transient");
    expect(await classOf(400, graphError(100, transient))).toBe("transient");
  });

  it("is not transient because Meta says so of a code that is known", async () => {
    const transient = { is_transient: true };
    expect(await classOf(400, graphError(190, transient))).toBe("account");
    expect(await classOf(400, graphError(80003, transient))).toBe("throttle");
    expect(await classOf(400, graphError(100, { ...transient, error_subcode: 2804003 }))).toBe(
      "record",
    );
  });

  it("follows the HTTP status only without a Graph error, and only for 413", async () => {
    expect(await classOf(413, "<html>413 Request Entity Too Large</html>")).toBe("batch");
    for (const status of [200, 401, 429, 500, 502, 503])
      expect(await classOf(status, "<html></html>")).toBe("unknown");
  });

  it("is transient when Meta was never reached, and unknown when only the answer was lost", () => {
    const lost = (reason: "never_connected" | "timeout" | "reset" | "failed") =>
      classify({ kind: "no_answer", reason, detail: "" });
    expect(lost("never_connected")).toEqual({
      class: "transient",
      evidence: "meta.transport",
      rule: undefined,
    });
    for (const reason of ["timeout", "reset", "failed"] as const)
      expect(lost(reason)).toMatchObject({ class: "unknown", evidence: "meta.transport" });
  });

  it("is the account's when there is no token", () => {
    const problem = {
      code: "config.missing_token",
      severity: "error",
      message: "no access token is configured",
      remedy: "",
      place: { kind: "value", source: "credentials", path: "access_token" },
    } as const;
    expect(classify({ kind: "not_sent", problem })).toMatchObject({
      class: "account",
      evidence: "meta.auth_failed",
    });
  });
});

describe("what a class does", () => {
  it("is one table", () => {
    const rows = Object.entries(CLASS_EFFECTS).map(
      ([name, { outcome, evidence, stops, retry, mayBeApplied }]) =>
        `${name}: ${outcome}, ${evidence}, stops ${stops}${retry ? ", retry" : ""}${mayBeApplied ? ", may be applied" : ""}`,
    );
    expect(rows).toEqual([
      "record: rejected, meta.rejected, stops nothing",
      "batch: rejected, meta.rejected, stops nothing",
      "request: rejected, meta.rejected, stops lane, may be applied",
      "target: blocked, meta.rejected, stops lane",
      "too_few: blocked, meta.rejected, stops lane",
      "account: blocked, meta.permission_denied, stops run",
      "throttle: retryable, meta.throttled, stops nothing, retry",
      "transient: retryable, meta.transient, stops nothing, retry, may be applied",
      "unknown: unknown, meta.unreadable, stops nothing, retry, may be applied",
    ]);
  });

  it.each([
    [200, { num_received: 2, num_invalid_entries: 0 }, "nothing"],
    [200, { num_received: 2, num_invalid_entries: 1 }, "nothing"],
    [502, "<html></html>", "nothing"],
    [400, graphError(100, { error_subcode: 2804003 }), "nothing"],
    [400, graphError(2650), "lane"],
    [400, graphError(190), "run"],
  ])("stops what it says: %d %o", async (status, body, stops) => {
    expect(stopsOf(outcomeOf(await answerTo(status, body), SENT_ROWS, redact))).toBe(stops);
  });
});
