import { describe, expect, it } from "vitest";
import type { Evidence, Outcome } from "../../src/core/outcome.js";
import { deliver, type Delivered, type DeliveryOptions } from "../../src/delivery/deliver.js";
import type { Batch } from "../../src/planning/batch.js";
import type { Planned } from "../../src/planning/planner.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";

function request(index: number, target: string): RequestPlan {
  return {
    index,
    surface: "events",
    operation: "import",
    target,
    targetStatus: "mapped",
    method: "POST",
    path: `/v1.0/${target}/events`,
    body: { data: [{ event_name: "Lead" }] },
    recordIdentities: [`r-${String(index)}`],
    recordCount: 1,
    itemCounts: [1],
    fingerprint: `f-${String(index)}`,
  };
}

function outcome(kind: Outcome["kind"], plan: RequestPlan): Outcome {
  const evidence: Evidence = {
    outcome: kind,
    surface: plan.surface,
    target: plan.target,
    batchFingerprint: plan.fingerprint,
    recordCount: 1,
    itemCount: 1,
    confirmed: kind === "succeeded" ? 1 : 0,
    rejected: 0,
    summary: `${kind} at ${plan.target}`,
  };
  if (kind === "succeeded" || kind === "partially_succeeded" || kind === "unknown")
    return { kind, evidence };
  return { kind, class: kind === "blocked" ? "account" : "record", evidence };
}

const BATCH: Batch = { surface: "events", operation: "import", target: "a", entries: [] };

async function* planned(...targets: readonly string[]): AsyncGenerator<Planned> {
  for (const [index, target] of targets.entries()) {
    await Promise.resolve();
    yield { kind: "request", request: request(index, target), entries: [] };
  }
}

async function run(
  items: AsyncIterable<Planned>,
  options: Partial<DeliveryOptions> = {},
  onStop: () => void = () => undefined,
): Promise<{ readonly log: readonly string[]; readonly sent: readonly number[] }> {
  const sent: number[] = [];
  const log: string[] = [];
  const send = options.send ?? ((plan) => Promise.resolve(outcome("succeeded", plan)));
  const settings: DeliveryOptions = {
    stops: () => "nothing",
    concurrency: 4,
    onFailure: "continue_on_any",
    ...options,
    send: (plan) => {
      sent.push(plan.index);
      return send(plan);
    },
  };
  for await (const item of deliver(items, settings, onStop)) log.push(line(item));
  return { log, sent };
}

function line(item: Delivered): string {
  switch (item.kind) {
    case "settled":
      return `${String(item.request.index)} ${item.outcome.kind}`;
    case "not_sent":
      return `${String(item.request.index)} not sent: ${item.because}`;
    case "stopped":
      return `stopped${item.blocked ? ", blocked" : ""}: ${item.because}`;
    default:
      return item.kind;
  }
}

describe("deliver", () => {
  it("sends every request once and settles it", async () => {
    const { log, sent } = await run(planned("a", "b", "a"));
    expect(sent).toEqual([0, 1, 2]);
    expect([...log].sort()).toEqual(["0 succeeded", "1 succeeded", "2 succeeded"]);
  });

  it("keeps a lane serial while other lanes go on", async () => {
    const finish = new Map<number, () => void>();
    const started: number[] = [];
    const running = run(planned("a", "a", "b"), {
      send: (plan) =>
        new Promise((resolve) => {
          started.push(plan.index);
          finish.set(plan.index, () => {
            resolve(outcome("succeeded", plan));
          });
        }),
    });
    await turn();
    expect(started).toEqual([0]);
    finish.get(0)?.();
    await turn();
    expect(started).toEqual([0, 1, 2]);
    finish.get(2)?.();
    finish.get(1)?.();
    expect((await running).log).toHaveLength(3);
  });

  it("never has more requests under way than its concurrency", async () => {
    let open = 0;
    let most = 0;
    await run(planned("a", "b", "c", "d", "e"), {
      concurrency: 2,
      send: async (plan) => {
        open += 1;
        most = Math.max(most, open);
        await turn();
        open -= 1;
        return outcome("succeeded", plan);
      },
    });
    expect(most).toBe(2);
  });

  it("stops a lane and says what of it was not sent, while others go on", async () => {
    const { log } = await run(planned("a", "a", "b"), {
      send: (plan) =>
        Promise.resolve(outcome(plan.target === "a" ? "rejected" : "succeeded", plan)),
      stops: ({ kind }) => (kind === "rejected" ? "lane" : "nothing"),
    });
    expect(log).toEqual(["0 rejected", "1 not sent: rejected at a", "2 succeeded"]);
  });

  it("stops the run, plans nothing more, and still settles what is under way", async () => {
    let asked = 0;
    let stopped = false;
    async function* endless(): AsyncGenerator<Planned> {
      while (!stopped) {
        await Promise.resolve();
        yield { kind: "request", request: request(asked++, "a"), entries: [] };
      }
      yield { kind: "left", batch: BATCH };
    }
    const { log } = await run(
      endless(),
      { send: (plan) => Promise.resolve(outcome("blocked", plan)), stops: () => "run" },
      () => {
        stopped = true;
      },
    );
    expect(log).toEqual([
      "0 blocked",
      "1 not sent: blocked at a",
      "left",
      "stopped, blocked: blocked at a",
    ]);
    expect(asked).toBe(2);
  });

  it.each([
    ["continue_on_any", "unknown", 2],
    ["stop_on_any", "unknown", 1],
    ["stop_on_terminal", "unknown", 2],
    ["stop_on_terminal", "rejected", 1],
  ] as const)("with %s an outcome of %s lets %i requests go", async (onFailure, kind, requests) => {
    const { sent } = await run(planned("a", "a"), {
      onFailure,
      send: (plan) => Promise.resolve(outcome(kind, plan)),
    });
    expect(sent).toHaveLength(requests);
  });

  it("lets records through that are not sent, and stops when their failure stops the run", async () => {
    async function* items(): AsyncGenerator<Planned> {
      await Promise.resolve();
      yield {
        kind: "rejection",
        rejection: { identity: "r", code: "missing", field: "em", message: "" },
      };
      yield {
        kind: "held",
        batch: { surface: "custom_audiences", operation: "upsert", target: "VIP", entries: [] },
        failure: { stops: "run", code: "meta.auth_failed", message: "the token expired" },
      };
      yield { kind: "withheld", identity: "w" };
    }
    const { log } = await run(items());
    expect(log).toEqual(["rejection", "held", "withheld", "stopped, blocked: the token expired"]);
  });

  it("sends nothing more once an answer stopped the run, even where there is room", async () => {
    async function* slow(): AsyncGenerator<Planned> {
      for (let index = 0; index < 10; index += 1) {
        await turn();
        yield {
          kind: "request",
          request: request(index, `pixel-${String(index)}`),
          entries: [],
        };
      }
    }
    const { sent } = await run(slow(), {
      concurrency: 16,
      send: (plan) => Promise.resolve(outcome("blocked", plan)),
      stops: () => "run",
    });
    expect(sent).toEqual([0]);
  });

  it("keeps one lane for one audience, whatever names lead to it", async () => {
    let open = 0;
    let most = 0;
    async function* items(): AsyncGenerator<Planned> {
      await Promise.resolve();
      for (const [index, target] of ["A", "B"].entries())
        yield {
          kind: "request",
          request: { ...request(index, target), path: "/v1.0/77/users" },
          entries: [],
        };
    }
    await run(items(), {
      send: async (plan) => {
        open += 1;
        most = Math.max(most, open);
        await turn();
        open -= 1;
        return outcome("succeeded", plan);
      },
    });
    expect(most).toBe(1);
  });

  it("settles the other lanes before it tells of a sender that threw", async () => {
    const log: string[] = [];
    const settings: DeliveryOptions = {
      send: async (plan) => {
        if (plan.target === "a") throw new Error("a bug");
        await turn();
        await turn();
        return outcome("succeeded", plan);
      },
      stops: () => "nothing",
      concurrency: 4,
      onFailure: "continue_on_any",
    };
    const delivering = (async () => {
      for await (const item of deliver(planned("b", "a"), settings, () => undefined))
        log.push(line(item));
    })();
    await expect(delivering).rejects.toThrow("a bug");
    expect(log[0]).toBe("0 succeeded");
  });

  it("waits for what is under way when its consumer leaves early", async () => {
    let answered = false;
    async function* items(): AsyncGenerator<Planned> {
      await Promise.resolve();
      yield { kind: "request", request: request(0, "a"), entries: [] };
      yield { kind: "withheld", identity: "w" };
    }
    const settings: DeliveryOptions = {
      send: async (plan) => {
        await turn();
        answered = true;
        return outcome("succeeded", plan);
      },
      stops: () => "nothing",
      concurrency: 4,
      onFailure: "continue_on_any",
    };
    for await (const item of deliver(items(), settings, () => undefined)) {
      expect(item.kind).toBe("withheld");
      break;
    }
    expect(answered).toBe(true);
  });
});

/** Lets everything that is ready run. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
