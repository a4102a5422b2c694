import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/graph/outcome.js";
import {
  clientWith,
  graphError,
  outcomeTo,
  redact,
  SENT_EVENTS,
  SENT_ROWS,
  USERS_REQUEST,
} from "./wire.js";

describe("a failure ends as an outcome with Meta's diagnostics", () => {
  const EXPIRED = {
    message: "Error validating access token: Session has expired",
    error_subcode: 463,
    error_user_title: "Session expired",
    error_user_msg: "Log in again.",
    error_data: { blame_field_specs: [["data", 0, "event_time"], ["access_token"]] },
  };

  it("carries code, subcode, message, words for people, fields at fault and trace", async () => {
    expect(await outcomeTo(401, graphError(190, EXPIRED))).toEqual({
      kind: "blocked",
      class: "account",
      evidence: {
        outcome: "blocked",
        surface: "custom_audiences",
        target: "VIP",
        batchFingerprint: "f0",
        recordCount: 2,
        itemCount: 2,
        confirmed: 0,
        rejected: 0,
        evidenceCode: "meta.auth_failed",
        httpStatus: 401,
        code: 190,
        subcode: 463,
        message: "Error validating access token: Session has expired",
        detail: "Session expired: Log in again. [data[0].event_time, access_token]",
        fbtraceId: "AbCdEf123",
        summary:
          "The access token has expired (code 190/463). Make a new access token; one of a system user can be made without an end.",
      },
    });
  });

  it.each([
    [400, graphError(200, { error_subcode: 1870034 }), "blocked", "meta.permission_denied"],
    [400, graphError(2635), "blocked", "meta.permission_denied"],
    [400, graphError(2650), "blocked", "meta.rejected"],
    [400, graphError(100, { error_subcode: 1713230 }), "blocked", "meta.rejected"],
    [400, graphError(100, { error_subcode: 2804003 }), "rejected", "meta.rejected"],
    [500, graphError(1, { message: "Please reduce the data" }), "rejected", "meta.rejected"],
    [413, "<html></html>", "rejected", "meta.rejected"],
    [400, graphError(2500), "rejected", "meta.rejected"],
    [400, graphError(80003), "retryable", "meta.throttled"],
    [400, graphError(341), "retryable", "meta.throttled"],
    [500, graphError(2, { is_transient: true }), "retryable", "meta.transient"],
    [502, "<html>Bad gateway</html>", "unknown", "meta.unreadable"],
  ])("%d %o is %s, %s", async (httpStatus, body, kind, evidenceCode) => {
    expect(await outcomeTo(httpStatus, body)).toMatchObject({
      kind,
      evidence: { outcome: kind, evidenceCode, httpStatus, confirmed: 0, rejected: 0 },
    });
  });

  it("counts a record as refused for itself when it stands alone", async () => {
    const alone = { ...SENT_EVENTS, recordCount: 1, itemCount: 1 };
    const tooOld = graphError(100, { error_subcode: 2804003 });
    expect(await outcomeTo(400, tooOld, alone)).toMatchObject({ evidence: { rejected: 1 } });
    expect(await outcomeTo(400, graphError(2650), alone)).toMatchObject({
      evidence: { rejected: 0 },
    });
  });

  it.each([
    [
      400,
      graphError(987654),
      "Meta refused the request for a reason that is not known here (code 987654). Read Meta's explanation beside this error, and report the code as missing.",
    ],
    [
      400,
      graphError(987654, { is_transient: true }),
      "Meta met a problem that it calls transient (code 987654). Wait and run again.",
    ],
    [413, "", "The request is too large (HTTP 413). Lower `max_body_bytes`."],
    [
      502,
      "<html>",
      "Meta's answer is not JSON (HTTP 502). It is unknown whether the request took effect; run again.",
    ],
    [
      200,
      "",
      "Meta's answer is empty (HTTP 200). It is unknown whether the request took effect; run again.",
    ],
  ])("says in words what happened and what to do: %d %o", async (status, body, summary) => {
    expect((await outcomeTo(status, body)).evidence.summary).toBe(summary);
  });

  it("keeps the start of an unreadable body as detail", async () => {
    const { evidence } = await outcomeTo(502, `<html>${"x".repeat(100_000)}`);
    expect(evidence.detail).toMatch(/^<html>x+$/);
    expect(evidence.detail).toHaveLength(4096);
  });

  it("says what became of a request that got no answer", async () => {
    const failing = async (code: string) => {
      const cause = Object.assign(new Error(`connect ${code}`), { code });
      const client = clientWith(() => Promise.reject(new TypeError("fetch failed", { cause })));
      return outcomeOf(await client.send(USERS_REQUEST), SENT_ROWS, redact);
    };
    expect(await failing("ECONNREFUSED")).toMatchObject({
      kind: "retryable",
      class: "transient",
      evidence: {
        evidenceCode: "meta.transport",
        detail: "fetch failed: connect ECONNREFUSED",
        summary:
          "Meta could not be reached, so nothing was sent. Check the network and its proxy, and run again.",
      },
    });
    expect(await failing("ECONNRESET")).toMatchObject({
      kind: "unknown",
      evidence: { evidenceCode: "meta.transport", outcome: "unknown" },
    });
  });

  it("blocks a run that has no token", () => {
    const problem = {
      code: "config.missing_token",
      severity: "error",
      message: "no access token is configured",
      remedy: "Set `credential_namespace`.",
      place: { kind: "value", source: "credentials", path: "access_token" },
    } as const;
    expect(outcomeOf({ kind: "not_sent", problem }, SENT_ROWS, redact)).toMatchObject({
      kind: "blocked",
      class: "account",
      evidence: {
        evidenceCode: "meta.auth_failed",
        summary:
          "The request was not sent: no access token is configured. Set `credential_namespace`.",
      },
    });
  });
});

describe("the wait that Meta states", () => {
  const BLOCKED = JSON.stringify({
    "99": [{ type: "custom_audience", call_count: 100, estimated_time_to_regain_access: 19 }],
  });
  const ACCOUNT = JSON.stringify({ acc_id_util_pct: 40, reset_time_duration: 120 });

  it("is the time to regain access, in milliseconds", async () => {
    const headers = { "x-business-use-case-usage": BLOCKED, "x-ad-account-usage": ACCOUNT };
    const { evidence } = await outcomeTo(400, graphError(80003), SENT_ROWS, headers);
    expect(evidence.retryAfterMs).toBe(19 * 60_000);
  });

  it("is the reset of the ad account when a limit was hit and nothing better is stated", async () => {
    const headers = { "x-ad-account-usage": ACCOUNT };
    const throttled = await outcomeTo(400, graphError(17), SENT_ROWS, headers);
    expect(throttled.evidence.retryAfterMs).toBe(120_000);
    const refused = await outcomeTo(400, graphError(2650), SENT_ROWS, headers);
    expect(refused.evidence).not.toHaveProperty("retryAfterMs");
  });

  it("is a longer Retry-After", async () => {
    const { evidence } = await outcomeTo(503, "", SENT_ROWS, { "retry-after": "7" });
    expect(evidence.retryAfterMs).toBe(7000);
  });
});
