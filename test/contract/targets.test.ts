import { describe, expect, it } from "vitest";
import type { TargetResolution } from "../../src/planning/target.js";
import { MAPPED, planAudiences } from "./plan.js";
import { operation } from "./records.js";

const FAILED: TargetResolution = {
  kind: "failed",
  failure: { stops: "target", code: "target.several", message: "Two audiences have this name." },
};

describe("targets", () => {
  it("are resolved once each, however many batches they have", async () => {
    const asked: string[] = [];
    const { requests } = await planAudiences(
      ["upsert", "remove", "upsert", "remove"].flatMap((one, index) => [
        operation(`v${index}`, { operation: one }),
        operation(`l${index}`, { operation: one, target: "Lapsed" }),
      ]),
      {
        resolve: (target) => {
          asked.push(target);
          return MAPPED(target);
        },
      },
    );
    expect(requests).toHaveLength(8);
    expect(asked).toEqual(["VIP", "Lapsed"]);
  });

  it("are never asked for when nothing is planned", async () => {
    const { planned } = await planAudiences([operation("c1", { identifiers: [] })], {
      resolve: () => Promise.reject(new Error("asked")),
    });
    expect(planned.map(({ kind }) => kind)).toEqual(["rejection"]);
  });

  it("that fail hold back their own records only, and take no index", async () => {
    const { requests, held, planned } = await planAudiences(
      [
        operation("c1"),
        operation("l1", { target: "Lapsed" }),
        operation("c2", { operation: "remove" }),
        operation("c3"),
        operation("l2", { target: "Lapsed", operation: "remove" }),
      ],
      { resolve: (target) => (target === "VIP" ? Promise.resolve(FAILED) : MAPPED(target)) },
    );
    expect(held).toEqual(["c1", "c2", "c3"]);
    expect(requests.map(({ index, recordIdentities }) => [index, recordIdentities])).toEqual([
      [0, ["l1"]],
      [1, ["l2"]],
    ]);
    expect(planned.find(({ kind }) => kind === "held")).toMatchObject({
      batch: { surface: "custom_audiences", operation: "upsert", target: "VIP" },
      failure: { code: "target.several" },
    });
  });

  it.each(["would_create", "unresolved"] as const)(
    "that are %s keep the literal path segment",
    async (status) => {
      const { requests } = await planAudiences([operation("c1")], {
        resolve: () => Promise.resolve({ kind: "open", status }),
      });
      expect(requests).toMatchObject([
        { path: "/v25.0/{custom_audience_id}/users", targetStatus: status },
      ]);
    },
  );

  it("cannot change the path with their id", async () => {
    const { requests } = await planAudiences([operation("c1")], {
      resolve: () => Promise.resolve({ kind: "resolved", id: "1/../$&?x", status: "registry" }),
    });
    expect(requests).toMatchObject([
      { path: "/v25.0/1%2F..%2F%24%26%3Fx/users", targetStatus: "registry" },
    ]);
  });
});
