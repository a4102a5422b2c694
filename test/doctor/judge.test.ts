import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/doctor/facts.js";
import { FINDING_CODES } from "../../src/doctor/finding.js";
import { healthOf, judge } from "../../src/doctor/judge.js";
import { endsOf } from "../../src/doctor/judge-version.js";
import { VERSION_ENDS } from "../../src/generated/constants.js";
import { AUDIENCES, BY_TOKEN, CASES, EVENTS, MISSING } from "./cases.js";
import { ACCOUNT, audience, facts, inState, known, PIXEL, REFUSED, store, TOKEN } from "./facts.js";

/** What is found beside the schedules of API versions, which another version changes. */
function found(of: Facts) {
  return judge(of).filter(({ code }) => !code.startsWith("version.end"));
}

describe("judging facts", () => {
  it("finds nothing where everything is well", () => {
    expect(found(facts())).toEqual([]);
    expect(found(facts({}, { kind: "in_memory" }))).toEqual([]);
    expect(found(facts({}, { kind: "none", name: "state.duckdb" }))).toEqual([]);
    expect(
      found(
        facts({
          ...audience({ operationStatus: undefined }),
          pixels: [{ pixelId: "456", state: known({ ...PIXEL, ownerAccountId: "111" }) }],
          clockAheadMs: undefined,
        }),
      ),
    ).toEqual([]);
  });

  it.each(CASES)("finds %s (%s): %s", (code, severity, message, of) => {
    const findings = found(of);
    expect(findings.map((one) => [one.code, one.severity, one.message])).toEqual([
      [code, severity, message],
    ]);
    expect(findings[0]?.remedy).not.toBe("");
  });

  it("does not ask of a token for events what audiences need", () => {
    const token = known({ ...TOKEN, permissions: [] });
    const account = known({ ...ACCOUNT, termsAccepted: false });
    expect(found(facts({ ...EVENTS, token, account }))).toEqual([]);
    expect(found(facts({ ...AUDIENCES, token, account })).map(({ code }) => code)).toEqual([
      "token.permission",
      "account.terms",
    ]);
  });

  it("takes the permissions from their list where the token is not described", () => {
    const parts = { ...AUDIENCES, token: REFUSED, permissions: known(["ads_read"]) };
    expect(found(facts(parts)).map(({ code }) => code)).toEqual([
      "token.permission",
      "token.undescribed",
    ]);
  });

  it("says of a token that failed nothing else", () => {
    const state = { kind: "not_asked" } as const;
    const parts = { account: state, ...inState(state), pixels: [{ pixelId: "456", state }] };
    const codes = found(facts({ ...parts, token: BY_TOKEN })).map(({ code }) => code);
    expect(codes).toEqual(["token.invalid"]);
  });

  it("names the way out by who named the audience", () => {
    const remedies = (["binding", "store"] as const).map(
      (from) => found(facts(inState(MISSING, from)))[0]?.remedy,
    );
    expect(remedies).toEqual([
      "Mend its id in `targets`, or leave it out there: then it is found by its name, or created.",
      "If it was deleted, `targets forget` lets the next run look the name up or create it.",
    ]);
  });
});

describe("judging the API version", () => {
  const ENDING = Object.entries(VERSION_ENDS).find(([, ends]) => ends.marketing !== null);
  const [version = "", ends] = ENDING ?? [];
  const end = Date.parse(`${ends?.marketing ?? ""}T00:00:00Z`);

  function at(now: number, surfaces: readonly ("events" | "custom_audiences")[]) {
    const of = facts({ apiVersion: version, surfaces });
    return judge({ ...of, now }).map(({ code, severity }) => [code, severity]);
  }

  it("looks at the schedule of what is delivered", () => {
    expect(at(end + 86_400_000, ["custom_audiences"])).toEqual([["version.ended", "blocked"]]);
    expect(at(end + 86_400_000, ["events"])).toEqual([]);
  });

  it("warns for 90 days, and lets the last day pass", () => {
    const surfaces = ["custom_audiences"] as const;
    expect(at(end + 86_399_000, surfaces)).toEqual([["version.ends_soon", "warning"]]);
    expect(at(end - 89 * 86_400_000, surfaces)).toEqual([["version.ends_soon", "warning"]]);
    expect(at(end - 90 * 86_400_000, surfaces)).toEqual([]);
  });

  it("says where Meta has named no end", () => {
    const open = Object.entries(VERSION_ENDS).find(([, one]) => one.marketing === null)?.[0] ?? "";
    const of = facts({ apiVersion: open, ...AUDIENCES });
    expect(judge(of).map(({ code, severity }) => [code, severity])).toEqual([
      ["version.end_unknown", "note"],
    ]);
    expect(endsOf(open)?.marketing).toBeNull();
  });
});

describe("the health of everything", () => {
  it("is that of the worst finding, which stands first", () => {
    const account = known({ ...ACCOUNT, status: 2, termsAccepted: false });
    const findings = judge(facts({ account }, store({ openRequests: 2 })));
    expect(findings.map(({ severity }) => severity).slice(0, 2)).toEqual(["blocked", "warning"]);
    expect(healthOf(findings)).toBe("blocked");
    expect(healthOf(findings.slice(1))).toBe("findings");
    expect(healthOf(findings.slice(2))).toBe("well");
  });
});

describe("codes of findings", () => {
  it("are each found somewhere above", () => {
    const seen = new Set([
      ...CASES.map(([code]) => code),
      ...(["version.ended", "version.ends_soon", "version.end_unknown"] as const),
    ]);
    expect([...seen].sort()).toEqual([...FINDING_CODES].sort());
  });
});
