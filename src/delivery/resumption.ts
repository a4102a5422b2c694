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
  /** Everything that the earlier run had for this lane. */
  private all: readonly LanePosition[] = [];
  private carried = 0;
  /** Up to here this run has the requests of the earlier one. */
  private followed = 0;

  constructor(private readonly options: ResumptionOptions) {}

  /** Whether an earlier request counts for the one at this position; asked once for each, in order. */
  async carriedBy(request: RequestPlan, position: number): Promise<CarriedPosition | undefined> {
    const { run, ledger, resume, trustedSince } = this.options;
    if (!resume || request.surface === "events") return undefined;
    if (position === 0)
      this.earlier = this.all = await ledger.lane(run.sync, request.target, run.runId);
    const before = this.earlier?.find((one) => one.position === position);
    const counts =
      before?.fingerprint === request.fingerprint &&
      (before.standing === "skipped" ||
        (before.standing === "resolved" &&
          (before.settledAt ?? 0) >= (await trustedSince(request.target))));
    if (before?.fingerprint === request.fingerprint) this.followed = position + 1;
    if (counts) {
      this.carried = position + 1;
      return {
        by: before.standing === "skipped" ? "operator" : "meta",
        settledAt: before.settledAt ?? 0,
      };
    }
    this.earlier = undefined;
    return undefined;
  }

  /**
   * True when what was passed over may have been undone: the earlier run went on with the opposite
   * operation, and this one did not follow it there.
   */
  isUndone(): boolean {
    const passedOver = new Set(this.all.slice(0, this.carried).map(({ operation }) => operation));
    return this.all
      .slice(this.followed)
      .some(({ operation }) => passedOver.size > 0 && !passedOver.has(operation));
  }
}
