/** Runs that Meta, a listener or the input stands in the way of. */
import { describe, expect, it } from "vitest";
import { loadDestination, type DestinationOptions } from "../../src/index.js";
import { options, planned, PURCHASE, VIP } from "./fixture.js";

function audiences(transport: NonNullable<DestinationOptions["transport"]>): DestinationOptions {
  return options({ mapping: "custom_audiences", transport });
}

/** Meta's answer to an expired token. */
function REFUSED(): Promise<Response> {
  const error = { message: "expired", type: "OAuthException", code: 190, fbtrace_id: "T" };
  return Promise.resolve(Response.json({ error }, { status: 400 }));
}

describe("a run", () => {
  it("is not called a success when every record was rejected", async () => {
    const meta = await loadDestination("retl/meta", options());
    const result = await meta.deliver([{ ...PURCHASE, identifiers: [] }]);
    expect(result).toMatchObject({ status: "failed", records: { read: 1, rejected: 1 } });
  });

  it("rejects, when planning, the records of an audience that cannot be resolved", async () => {
    const meta = await loadDestination("retl/meta", audiences(REFUSED));
    const rejections: string[] = [];
    const requests = await planned(
      meta.plan([VIP], {
        onRejection: ({ code, field }) => void rejections.push(`${code} ${field}`),
      }),
    );
    expect(requests).toEqual([]);
    expect(rejections).toEqual(["target_unavailable target"]);
  });

  it("is blocked in a dry run too, and asks once", async () => {
    let asked = 0;
    const meta = await loadDestination(
      "retl/meta",
      audiences(() => {
        asked += 1;
        return REFUSED();
      }),
    );
    const records = ["A", "B", "C"].map((target) => ({ ...VIP, target }));
    const result = await meta.deliver(records, { dryRun: true });
    expect(result).toMatchObject({ status: "blocked", records: { read: 3, notSent: 3 } });
    expect(asked).toBe(1);
  });

  it("counts every record that was packed when a block stopped the run", async () => {
    const meta = await loadDestination(
      "retl/meta",
      options({
        config: {
          adAccountId: "1",
          actionSource: "website",
          eventRoutes: { Purchase: "1", Lead: "2" },
        },
        transport: REFUSED,
      }),
    );
    const many = (count: number, event_name: string) =>
      Array.from({ length: count }, (_, index) => ({
        ...PURCHASE,
        event_name,
        key: { event_id: `${event_name}-${String(index)}` },
      }));
    const result = await meta.deliver([...many(900, "Lead"), ...many(3_000, "Purchase")]);
    const { read, failed, notSent } = result.records;
    expect(result.status).toBe("blocked");
    expect(failed + notSent).toBe(read);
    expect(result.targets.map(({ target }) => target).toSorted()).toEqual(["1", "2"]);
  });

  it("hears a listener's error out after everything under way is answered", async () => {
    let answered = false;
    const meta = await loadDestination(
      "retl/meta",
      options({
        transport: async () => {
          await Promise.resolve();
          answered = true;
          return Response.json({ events_received: 1 });
        },
      }),
    );
    const delivering = meta.deliver([PURCHASE, { ...PURCHASE, identifiers: [] }], {
      onRejection: () => {
        throw new Error("the listener failed");
      },
    });
    await expect(delivering).rejects.toThrow("the listener failed");
    expect(answered).toBe(true);
  });

  it("refuses a second name for one audience: the order of their records would be lost", async () => {
    const meta = await loadDestination("retl/meta", {
      ...audiences(() =>
        Promise.resolve(Response.json({ num_received: 1, num_invalid_entries: 0 })),
      ),
      targets: { A: "77", B: "77" },
    });
    const result = await meta.deliver([
      { ...VIP, target: "A" },
      { ...VIP, target: "B", operation: "remove" },
    ]);
    expect(result).toMatchObject({
      status: "partially_succeeded",
      records: { acknowledged: 1, notSent: 1 },
      failures: [{ target: "B", summary: expect.stringContaining("the same audience (77)") }],
    });
  });
});
