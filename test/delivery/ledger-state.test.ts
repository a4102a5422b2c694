import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/core/outcome.js";
import { ledgerState } from "../../src/delivery/ledger-state.js";
import { mayBeApplied } from "../../src/graph/class-effects.js";
import { person, planned } from "./entries.js";
import { failed, inPart, neverConnected, refused, succeeded, throttled } from "./outcomes.js";

const { request } = planned([person("a"), person("b")]);

const ATTEMPTS = {
  succeeded: succeeded(request),
  "in part": inPart(request, 1, new Map()),
  refused: refused(request),
  "too large": failed(request, "batch"),
  "bad target": failed(request, "target"),
  blocked: failed(request, "account"),
  throttled: throttled(request),
  "never connected": neverConnected(request),
  passing: failed(request, "transient"),
  "bad request": failed(request, "request"),
  lost: failed(request, "unknown"),
} satisfies Readonly<Record<string, Outcome>>;

type Attempt = keyof typeof ATTEMPTS;

describe("the state of a request after its attempts", () => {
  it.each<[readonly Attempt[], string]>([
    [["succeeded"], "succeeded"],
    [["in part"], "partially_succeeded"],
    [["refused"], "rejected"],
    [["too large"], "rejected"],
    [["bad target"], "failed"],
    [["blocked"], "failed"],
    [["throttled"], "failed"],
    [["never connected"], "failed"],
    [["passing"], "unknown"],
    [["bad request"], "unknown"],
    [["lost"], "unknown"],
    [["lost", "succeeded"], "succeeded"],
    [["passing", "throttled", "in part"], "partially_succeeded"],
    [["lost", "refused"], "unknown"],
    [["lost", "too large"], "unknown"],
    [["lost", "bad target"], "unknown"],
    [["lost", "blocked"], "unknown"],
    [["lost", "throttled"], "unknown"],
    [["lost", "never connected"], "unknown"],
    [["passing", "throttled", "refused"], "unknown"],
    [["never connected", "refused"], "rejected"],
    [["throttled", "throttled", "refused"], "rejected"],
    [["never connected", "throttled", "blocked"], "failed"],
    [[], "failed"],
  ])("%j: %s", (attempts, state) => {
    expect(ledgerState(attempts.map((name) => ATTEMPTS[name]))).toBe(state);
  });

  it("is unknown whenever an attempt may have been applied and none succeeded", () => {
    const failures = Object.values<Outcome>(ATTEMPTS).filter(
      ({ kind }) => kind !== "succeeded" && kind !== "partially_succeeded",
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...failures), { minLength: 1 }), (attempts) => {
        expect(ledgerState(attempts) === "unknown").toBe(attempts.some(mayBeApplied));
      }),
    );
  });
});
