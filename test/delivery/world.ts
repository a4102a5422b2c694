/** A delivery in virtual time, to a Meta that the test speaks for. */
import type { Outcome } from "../../src/core/outcome.js";
import type { Sleep } from "../../src/core/ports.js";
import type { Delivered, Waiting } from "../../src/delivery/delivered.js";
import { DEFAULT_WINDOW, type DeliveryOptions } from "../../src/delivery/delivery-options.js";
import { deliver } from "../../src/delivery/deliver.js";
import { Items } from "../../src/delivery/items.js";
import { Pacer } from "../../src/delivery/pacer.js";
import { DEFAULT_RETRY_POLICY } from "../../src/delivery/retry-policy.js";
import type { Run } from "../../src/delivery/run.js";
import type { Planned } from "../../src/planning/planner.js";
import type { RequestPlan } from "../../src/planning/request-plan.js";
import { memoryStore } from "../../src/store/memory/memory-store.js";
import { emptyTables } from "../../src/store/memory/tables.js";
import type { NewReject } from "../../src/store/rejects.js";
import { VirtualTime } from "../simulation/time/virtual-time.js";
import { event, NOW } from "./entries.js";
import { succeeded } from "./outcomes.js";

/** One exchange. */
export interface Call {
  /** From 0. */
  readonly n: number;
  /** Milliseconds since the start of the test. */
  readonly at: number;
  readonly request: RequestPlan;
  readonly body: string;
}

/** What Meta says to a call. */
export type Meta = (call: Call) => Outcome | Promise<Outcome>;

export const TAKES_ALL: Meta = ({ request }) => succeeded(request);

type Source = Iterable<Planned> | AsyncIterable<Planned>;

/** What may differ from a usual delivery. */
export type Settings = Partial<DeliveryOptions> & { readonly maxAgeSeconds?: number };

export class DeliveryWorld {
  readonly time = new VirtualTime(NOW);
  readonly tables = emptyTables();
  readonly store = memoryStore(this.tables);
  /** In the order in which they left. */
  readonly calls: Call[] = [];
  readonly waits: Waiting[] = [];
  /** How often the run was told to stop. */
  stops = 0;

  /** Delivers as one run, to its end. */
  async deliver(source: Source, meta: Meta = TAKES_ALL, settings: Settings = {}) {
    const run = await this.startRun();
    const delivered: Delivered[] = [];
    const options = this.options(run, meta, settings);
    const running = (async () => {
      for await (const one of deliver(asynchronous(source), options, () => (this.stops += 1)))
        delivered.push(one);
    })();
    await inTime(this.time, running);
    await this.store.runs.end(run.runId, "succeeded", this.time.clock(), "");
    return delivered;
  }

  async startRun(sync = "records:test"): Promise<Run> {
    const startedAt = this.time.clock();
    const run = { sync, surface: "events", startedAt, holder: "test" } as const;
    const started = await this.store.runs.start(run);
    if (!started.ok) throw new Error("the sync is taken");
    return { ...started.value, sync, operation: "upsert", past: undefined };
  }

  /** The options of a delivery; those that cost nothing to keep are the usual ones. */
  options(run: Run, meta: Meta, { maxAgeSeconds, ...settings }: Settings): DeliveryOptions {
    const { clock } = this.time;
    return {
      run,
      ledger: this.store.ledger,
      resume: true,
      people: "operations",
      barred: () => Promise.resolve(undefined),
      trustedSince: () => Promise.resolve(0),
      items: new Items(this.store.salt, maxAgeSeconds),
      send: (request) => this.send(request, meta),
      pacer: new Pacer(clock, () => 0),
      paceKey: ({ target }) => target,
      clock,
      sleep: sleepIn(this.time),
      random: () => 0.5,
      timeoutMs: 120_000,
      retry: DEFAULT_RETRY_POLICY,
      concurrency: 4,
      window: DEFAULT_WINDOW,
      onFailure: "continue_on_any",
      interrupted: new AbortController().signal,
      onWait: (waiting) => this.waits.push(waiting),
      ...settings,
    };
  }

  private async send(request: RequestPlan, meta: Meta): Promise<Outcome> {
    const body = request.bodyText;
    const call = { n: this.calls.length, at: this.time.clock() - NOW, request, body };
    this.calls.push(call);
    return meta(call);
  }

  /** The states of the run's batches, by id without its number. */
  states(runId = this.tables.runs.length): Readonly<Record<string, string>> {
    const rows = [...this.tables.batches.values()].filter((row) => row.runId === runId);
    return Object.fromEntries(
      rows.map(({ batchId, state }) => [batchId.replace(/^\d+-/, ""), state]),
    );
  }
}

/** Lets time pass until something has come to its end. */
export async function inTime<T>(time: VirtualTime, work: Promise<T>): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  work.then(end, end);
  if (!(await time.until(() => over))) throw new Error("it waits for something that never comes");
  return work;
}

/** Aborts never. */
export const NEVER = new AbortController().signal;

/** One event for a pixel. */
export function to(target: string, id: string) {
  return [event(id, {}, target)];
}

/** Answers after so long, in virtual time. */
export function after(
  world: DeliveryWorld,
  msOf: (call: Call) => number,
  meta: Meta = TAKES_ALL,
): Meta {
  return async (call) => {
    await sleepIn(world.time)(msOf(call), NEVER);
    return meta(call);
  };
}

/** Says one thing after the other, and takes everything from then on. */
export function saying(
  ...of: readonly ((call: Call["request"]) => ReturnType<typeof succeeded>)[]
): Meta {
  return ({ n, request }) => (of[n] ?? succeeded)(request);
}

/** When each call left, in milliseconds since the start, and with which records. */
export function left(world: DeliveryWorld): readonly string[] {
  return world.calls.map(
    ({ at, request }) => `${String(at)} ${request.recordIdentities.join("+")}`,
  );
}

/** Sleeps in virtual time; wakes up at once when the signal aborts. */
export function sleepIn(time: VirtualTime): Sleep {
  return (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const takeBack = time.in(ms, wake);
      function wake(): void {
        takeBack();
        signal.removeEventListener("abort", wake);
        resolve();
      }
      signal.addEventListener("abort", wake, { once: true });
    });
}

async function* asynchronous(source: Source): AsyncGenerator<Planned> {
  yield* source;
}

/** What is delivered, each as one line. */
export function lines(delivered: readonly Delivered[]): readonly string[] {
  return delivered.map(line);
}

function line(item: Delivered): string {
  switch (item.kind) {
    case "rejection":
      return `rejection ${item.rejection.identity}`;
    case "withheld":
      return `withheld ${item.identity}`;
    case "left_out":
      return `left out ${item.identity}: ${item.because}`;
    case "held":
    case "left":
      return `${item.kind} ${String(item.batch.entries.length)}`;
    case "stopped":
      return `stopped, ${item.stop.kind}: ${item.stop.because}`;
    case "history":
      return `history ${item.identity}`;
    case "rerouted":
      return `rerouted ${item.identity}`;
    case "attempt":
      return `attempt ${item.outcome.kind}`;
    case "carried":
      return `carried as ${item.batch.state}: ${String(item.batch.records)}`;
    case "staged":
      return `staged ${String(item.records)}`;
    case "compared":
      return `compared ${item.audience.target}`;
    case "unreached":
    case "missing":
    case "misnamed":
    case "guarded":
    case "barred":
      return `${item.kind} ${item.target}`;
    case "taken_back":
      return `taken back: ${String(item.batch.records)}`;
    default:
      return `${ends(item)} ${names(item.request)}`;
  }
}

type OfRequest = Extract<Delivered, { readonly request: RequestPlan }>;

function ends(item: OfRequest): string {
  switch (item.kind) {
    case "settled":
      return `${item.state}${rejectList(item.rejects)}${item.unnamed > 0 ? ` (${String(item.unnamed)} unnamed)` : ""}`;
    case "not_sent":
      return `${String(item.identities.length)} not sent (${item.because})`;
    case "expired":
      return `expired [${item.tooOld.join(" ")}] [${item.inDoubt.join(" ")}]`;
    default:
      return item.kind;
  }
}

function rejectList(rejects: readonly NewReject[]): string {
  return rejects.length === 0 ? "" : ` less ${rejects.map(({ identity }) => identity).join(" ")}`;
}

/** Which records a request has; of many the first and the last. */
export function names({ recordIdentities }: RequestPlan): string {
  const last = recordIdentities.at(-1) ?? "";
  return recordIdentities.length > 3
    ? `${recordIdentities[0] ?? ""}..${last}`
    : recordIdentities.join("+");
}
