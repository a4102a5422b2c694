import type { RequestPlan } from "../planning/request-plan.js";
import type { LanePosition, Ledger } from "../store/ledger.js";
import type { Run } from "./run.js";

/** What going on where an earlier run stopped needs. */
export interface ResumptionOptions {
  readonly run: Run;
  readonly ledger: Pick<Ledger, "lane">;
  /** False when everything is to be sent again. */
  readonly resume: boolean;
  /** Since when acknowledgements of a target count. */
  readonly trustedSince: (target: string) => Promise<number>;
}

/** An earlier run's request that counts for one of this run. */
export interface CarriedPosition {
  readonly by: "meta" | "operator";
  readonly settledAt: number;
}

/**
 * One lane of an earlier run over the same records, which keeps no state of people: position by
 * position, a request that Meta acknowledged is not sent again, up to the first that differs or is
 * open. So upsert, remove, upsert of one person is three requests, and stays so when the middle one
 * has to be repeated. Events need none of this: each is known by its own key.
 */
export class Resumption {
  /** `undefined` once the runs differ. */
  private earlier: readonly LanePosition[] | undefined;

  constructor(private readonly options: ResumptionOptions) {}

  /** Whether an earlier request counts for the one at this position; asked once for each, in order. */
  async carriedBy(request: RequestPlan, position: number): Promise<CarriedPosition | undefined> {
    const { run, ledger, resume, trustedSince } = this.options;
    if (!resume || request.surface === "events") return undefined;
    if (position === 0) this.earlier = await ledger.lane(run.sync, request.target, run.runId);
    const before = this.earlier?.find((one) => one.position === position);
    const counts =
      before?.fingerprint === request.fingerprint &&
      (before.standing === "skipped" ||
        (before.standing === "resolved" &&
          (before.settledAt ?? 0) >= (await trustedSince(request.target))));
    if (counts)
      return {
        by: before.standing === "skipped" ? "operator" : "meta",
        settledAt: before.settledAt ?? 0,
      };
    this.earlier = undefined;
    return undefined;
  }
}
