import { describe, expect, it } from "vitest";
import { admitAll, unknown, type Admit } from "../../src/planning/admission.js";
import { planRequests, type Planned } from "../../src/planning/planner.js";
import type { RowBatch } from "../../src/planning/rendered-groups.js";
import type { PlannerOptions } from "../../src/planning/planner.js";
import type { Rendering } from "../../src/surfaces/entry.js";
import { eventEntry } from "../../src/surfaces/event-entry.js";

/** Rows that are identities of events. */
type Rows = readonly string[];

function rendering(identity: string): Rendering {
  return { kind: "entry", entry: eventEntry(identity, "456", { event_id: identity }) };
}

function options(more: Partial<PlannerOptions<Rows>> = {}): PlannerOptions<Rows> {
  return {
    render: (batch, index) => rendering(batch[index] ?? ""),
    admit: admitAll,
    limits: { maxItems: 2, maxBytes: undefined, bytesOf: () => 0 },
    context: { apiVersion: "v25.0", request: {}, columns: [] },
    resolve: (id) => Promise.resolve({ kind: "resolved", id, status: "mapped" }),
    stopped: () => false,
    ...more,
  };
}

/** Batches of so many rows. */
async function* source(...sizes: readonly number[]): AsyncGenerator<RowBatch<Rows>> {
  let row = 0;
  for (const rows of sizes) {
    await Promise.resolve();
    const batch = Array.from({ length: rows }, () => `e-${String((row += 1))}`);
    yield { batch, rows };
  }
}

/** The records of each thing planned; a rejection is its own. */
function recordsOf(planned: Planned): readonly string[] {
  switch (planned.kind) {
    case "request":
      return planned.planned.request.recordIdentities;
    case "left":
    case "held":
      return [planned.kind, ...planned.batch.entries.map(({ identity }) => identity)];
    case "rejection":
      return [`rejected ${planned.rejection.identity}`];
    default:
      return [`${planned.kind} ${planned.identity}`];
  }
}

async function planned(
  rows: AsyncIterable<RowBatch<Rows>>,
  more: Partial<PlannerOptions<Rows>> = {},
) {
  const seen: (readonly string[])[] = [];
  for await (const one of planRequests(rows, options(more))) seen.push(recordsOf(one));
  return seen;
}

describe("planning", () => {
  it("packs the records of several batches of the source into one request", async () => {
    expect(await planned(source(1, 2, 1, 1))).toEqual([["e-1", "e-2"], ["e-3", "e-4"], ["e-5"]]);
  });

  it("asks about many records at once, in their order", async () => {
    const asked: number[] = [];
    const admit: Admit = (renderings) => {
      asked.push(renderings.length);
      return admitAll(renderings);
    };
    const sizes = Array.from({ length: 50 }, () => 200);
    const requests = await planned(source(...sizes), {
      admit,
      limits: { maxItems: 10_000, maxBytes: undefined, bytesOf: () => 0 },
    });
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(asked.slice(0, -1).every((count) => count >= 1_000)).toBe(true);
    const all = Array.from({ length: 10_000 }, (_, index) => `e-${String(index + 1)}`);
    expect(requests).toEqual([all]);
  });

  it("plans nothing for a source without rows", async () => {
    expect(await planned(source())).toEqual([]);
    expect(await planned(source(0))).toEqual([]);
  });

  it("lets through in its place what is not to be sent", async () => {
    const admit: Admit = (renderings) =>
      Promise.resolve(
        renderings.map((one) =>
          one.kind === "entry" && one.entry.identity === "e-2"
            ? { kind: "left_out", identity: "e-2", because: "delivered" }
            : unknown(one),
        ),
      );
    expect(await planned(source(4), { admit })).toEqual([
      ["left_out e-2"],
      ["e-1", "e-3"],
      ["e-4"],
    ]);
  });

  it("plans what came before its source broke off, and breaks off then", async () => {
    async function* breaking(...sizes: readonly number[]) {
      yield* source(...sizes);
      throw new Error("the source broke off");
    }
    const seen: (readonly string[])[] = [];
    const planning = (async () => {
      for await (const one of planRequests(breaking(2, 1), options())) seen.push(recordsOf(one));
    })();
    await expect(planning).rejects.toThrow("the source broke off");
    expect(seen).toEqual([["e-1", "e-2"]]);
    await expect(planned(breaking())).rejects.toThrow("the source broke off");
  });

  it("reads no further once the run has stopped, and hands over what is packed", async () => {
    const run = { stopped: false };
    let read = 0;
    async function* counting() {
      for await (const rows of source(10_001, 10_001, 10_001)) {
        read += 1;
        yield rows;
      }
    }
    const seen: (readonly string[])[] = [];
    for await (const one of planRequests(counting(), options({ stopped: () => run.stopped }))) {
      seen.push(recordsOf(one));
      run.stopped = seen.length === 2;
    }
    expect(read).toBe(1);
    expect(seen).toEqual([
      ["e-1", "e-2"],
      ["e-3", "e-4"],
    ]);
  });

  it("tells of all rejections that it noted, those behind the stop too: no later run would as news", async () => {
    const run = { stopped: false };
    const render: PlannerOptions<Rows>["render"] = (batch, index) =>
      index < 4
        ? rendering(batch[index] ?? "")
        : {
            kind: "rejection",
            rejection: { identity: "bad", code: "missing", field: "", message: "" },
          };
    const seen: (readonly string[])[] = [];
    for await (const one of planRequests(
      source(5),
      options({ render, stopped: () => run.stopped }),
    )) {
      seen.push(recordsOf(one));
      run.stopped = true;
    }
    expect(seen).toEqual([["e-1", "e-2"], ["rejected bad"]]);
  });

  it("does not wait for a full group once the run has stopped", async () => {
    let read = 0;
    async function* slow() {
      for await (const rows of source(3, 3, 3)) {
        read += 1;
        yield rows;
      }
    }
    expect(await planned(slow(), { stopped: () => read > 1 })).toEqual([]);
    expect(read).toBe(2);
  });

  it("hands over a batch whose target was being resolved when the run stopped", async () => {
    const run = { stopped: false };
    const seen = await planned(source(2), {
      stopped: () => run.stopped,
      resolve: (id) => {
        run.stopped = true;
        return Promise.resolve({ kind: "resolved", id, status: "mapped" });
      },
    });
    expect(seen).toEqual([["left", "e-1", "e-2"]]);
  });
});
