/** What of a run's events a report shows, kept in bounded memory however long the run is. */
import type { WaitReason } from "../delivery/delivered.js";
import type { Exchange, ExchangeEnd, RequestEnd, RunEvent } from "../delivery/run-event.js";
import type { RunResult } from "../delivery/run-result.js";
import { TimeBuckets } from "./time-buckets.js";
import { Waits } from "./waits.js";

/** What happened within a stretch of time. */
export interface TimeBucket {
  /** Exchanges about records, by what they came to; they count when they started. */
  readonly exchanges: Record<ExchangeEnd, number>;
  readonly lookUps: number;
  /** The highest percentage of a limit that Meta told, by ad account or pixel. */
  readonly usage: ReadonlyMap<string, number>;
}

interface OpenBucket extends TimeBucket {
  lookUps: number;
  readonly usage: Map<string, number>;
}

/** Requests to one target by one operation. */
export type TargetRequests = Record<RequestEnd, number> & {
  readonly target: string;
  readonly operation: string;
};

/** Exchanges of a run, all together. */
export interface ExchangeSums {
  count: number;
  /** Those that tried a request again. */
  retries: number;
  lookUps: number;
  totalMs: number;
  longestMs: number;
}

/** Of how many ad accounts and pixels usage is kept. */
const MOST_LIMITS = 20;

/** Listens to one run. */
export class RunRecord {
  readonly exchanges: ExchangeSums = {
    count: 0,
    retries: 0,
    lookUps: 0,
    totalMs: 0,
    longestMs: 0,
  };
  readonly waits = new Waits();
  /** What is counted so far; missing until the run has begun. */
  result: Readonly<RunResult> | undefined;
  private readonly byTarget = new Map<string, TargetRequests>();
  private readonly limits = new Set<string>();
  private readonly buckets: TimeBuckets<OpenBucket>;

  /** @param startedAt milliseconds since the epoch, as in the events */
  constructor(readonly startedAt: number) {
    this.buckets = new TimeBuckets(startedAt, { empty: emptyBucket, merge });
  }

  /** From the start on, each as wide as {@link bucketMs}. */
  get timeline(): readonly TimeBucket[] {
    return this.buckets.all;
  }

  get bucketMs(): number {
    return this.buckets.width;
  }

  requestsTo(target: string, operation: string): TargetRequests | undefined {
    return this.byTarget.get(JSON.stringify([target, operation]));
  }

  readonly hear = (event: RunEvent): void => {
    switch (event.kind) {
      case "began":
        this.result = event.result;
        break;
      case "exchange":
        this.exchange(event);
        break;
      case "looked_up":
        this.exchanges.lookUps += 1;
        this.buckets.at(event.startedAt).lookUps += 1;
        break;
      case "waiting":
        this.waits.add(event.at, event.waiting);
        break;
      case "usage":
        this.usage(event.of, event.percent, event.at);
        break;
      case "ended":
        this.ends(event.target, event.operation)[event.end] += 1;
        break;
      default:
    }
  };

  private exchange({ at, startedAt, attempt, came }: Exchange & { readonly at: number }): void {
    const { exchanges } = this;
    const ms = at - startedAt;
    exchanges.count += 1;
    exchanges.retries += attempt > 1 ? 1 : 0;
    exchanges.totalMs += ms;
    exchanges.longestMs = Math.max(exchanges.longestMs, ms);
    this.buckets.at(startedAt).exchanges[came] += 1;
  }

  private usage(of: string, percent: number, at: number): void {
    if (!this.limits.has(of) && this.limits.size >= MOST_LIMITS) return;
    this.limits.add(of);
    note(this.buckets.at(at).usage, of, percent);
  }

  private ends(target: string, operation: string): TargetRequests {
    const key = JSON.stringify([target, operation]);
    const known = this.byTarget.get(key);
    if (known !== undefined) return known;
    const ends = { acknowledged: 0, refused: 0, unanswered: 0, split: 0, not_sent: 0 };
    const requests = { target, operation, ...ends };
    this.byTarget.set(key, requests);
    return requests;
  }
}

/** Why requests waited, in the order in which reports tell it. */
export const WAITED_FOR: readonly WaitReason[] = ["throttled", "paced", "retry", "lost_answer"];

function emptyBucket(): OpenBucket {
  return {
    exchanges: { acknowledged: 0, throttled: 0, refused: 0, failed: 0, unanswered: 0 },
    lookUps: 0,
    usage: new Map(),
  };
}

function merge(into: OpenBucket, later: OpenBucket): void {
  for (const came of EXCHANGE_ENDS) into.exchanges[came] += later.exchanges[came];
  into.lookUps += later.lookUps;
  for (const [of, percent] of later.usage) note(into.usage, of, percent);
}

function note(usage: Map<string, number>, of: string, percent: number): void {
  usage.set(of, Math.max(percent, usage.get(of) ?? 0));
}

/** Everything that an exchange can come to, in the order in which reports tell it. */
export const EXCHANGE_ENDS: readonly ExchangeEnd[] = [
  "acknowledged",
  "throttled",
  "failed",
  "unanswered",
  "refused",
];
