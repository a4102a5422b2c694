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

/** What is to be done with a request, by the earlier run's at its position. */
export type Resumed =
  | { readonly kind: "send" }
  /** The earlier one counts for it. */
  | { readonly kind: "carried"; readonly by: "meta" | "operator"; readonly settledAt: number }
  /** What was passed over so far may have been undone by what the earlier run went on with. */
  | { readonly kind: "differs" };

/**
 * One lane of an earlier run over the same records, which keeps no state of people: position by
 * position, a request that Meta acknowledged is not sent again, up to the first that differs or is
 * open. So upsert, remove, upsert of one person is three requests, and stays so when the middle one
 * has to be repeated. Events need none of this: each is known by its own key.
 *
 * To pass over an adding that a later removal undid would lose a person, unless this run comes to that
 * removal as well. So in a lane that adds and removes, what is passed over is certain only once this
 * run has had everything in common with the earlier one that may have reached Meta.
 */
export class Resumption {
  private earlier: readonly LanePosition[] = [];
  /** How many positions both runs have in common. */
  private common = 0;
  /** How many they must have in common. */
  private decisive = 0;
  /** How many were passed over: the first ones. */
  private carried = 0;

  constructor(private readonly options: ResumptionOptions) {}

  /** What to do with the request at a position; asked once for each, in order. */
  async follow(request: RequestPlan, position: number): Promise<Resumed> {
    const { run, ledger, resume } = this.options;
    if (!resume || request.surface === "events") return { kind: "send" };
    if (position === 0) this.lookBackOn(await ledger.lane(run.sync, request.target, run.runId));
    const before = this.earlier.find((one) => one.position === position);
    if (this.common !== position || before?.fingerprint !== request.fingerprint)
      return { kind: this.isCertain() ? "send" : "differs" };
    this.common += 1;
    if (this.carried !== position || !(await this.counts(before, request.target)))
      return { kind: "send" };
    this.carried += 1;
    const by = before.standing === "skipped" ? "operator" : "meta";
    return { kind: "carried", by, settledAt: before.settledAt ?? 0 };
  }

  /** Whether nothing that was passed over can have been undone. */
  isCertain(): boolean {
    return this.carried === 0 || this.common >= this.decisive;
  }

  /**
   * A lane that was completed is gone on with only if all of it is one operation: nobody waits for its
   * end, so fewer records may well come.
   */
  private lookBackOn(lane: readonly LanePosition[]): void {
    const open = lane.findIndex(({ standing }) => standing === "open");
    // What follows an open one was sent only if it was settled: a lane has one request under way.
    const last = lane.findLastIndex(({ settledAt }, at) => at === open || settledAt !== undefined);
    const operations = lane.slice(0, last + 1).map(({ operation }) => operation);
    const isMixed = new Set(operations).size > 1;
    if (isMixed && open === -1) return;
    this.earlier = lane;
    this.decisive = isMixed ? last + 1 : 0;
  }

  private async counts({ standing, settledAt }: LanePosition, target: string): Promise<boolean> {
    if (standing !== "resolved") return standing === "skipped";
    return (settledAt ?? 0) >= (await this.options.trustedSince(target));
  }
}

/** Why a lane is not gone on with. */
export const OTHER_RECORDS =
  "some records begin like those of the run before, which did not come to its end, and then differ. That run may have undone what was passed over now. Run it once more: the next run sends all of them";
