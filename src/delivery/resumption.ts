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
 * One lane of an earlier run over the same records, which keeps no state of people: as long as the
 * requests are the same, position by position, one that Meta acknowledged is not sent again. Events
 * need none of this: each is known by its own key.
 *
 * Where all that may have reached Meta is one operation, its order does not matter. Where it adds and
 * removes, to pass over an adding that a later removal undid would lose a person. So such a lane is gone
 * on with only if all of it was acknowledged but, perhaps, the request that was last; and only by a run
 * that has all of it in common. Every other lane is sent from its beginning. What an operator gave up is
 * left out of it all the same, as long as the requests before it are the same.
 */
export class Resumption {
  private earlier: readonly Earlier[] = [];
  /** How many positions both runs have in common. */
  private common = 0;
  /** How many they must have in common. */
  private decisive = 0;
  /** Whether acknowledged requests were passed over. */
  private passedOver = false;

  constructor(private readonly options: ResumptionOptions) {}

  /** What to do with the request at a position; asked once for each, in order. */
  async follow(request: RequestPlan, position: number): Promise<Resumed> {
    if (!this.options.resume || request.surface === "events") return { kind: "send" };
    if (position === 0) await this.lookBack(request.target);
    const before = this.earlier[position];
    if (this.common !== position || before?.fingerprint !== request.fingerprint)
      return { kind: this.isCertain() ? "send" : "differs" };
    this.common += 1;
    if (before.carriedBy === undefined) return { kind: "send" };
    this.passedOver ||= before.carriedBy === "meta";
    return { kind: "carried", by: before.carriedBy, settledAt: before.settledAt ?? 0 };
  }

  /** Whether nothing that was passed over can have been undone. */
  isCertain(): boolean {
    return !this.passedOver || this.common >= this.decisive;
  }

  private async lookBack(target: string): Promise<void> {
    const { run, ledger, trustedSince } = this.options;
    const lane = await ledger.lane(run.sync, target, run.runId);
    const since = lane.length === 0 ? 0 : await trustedSince(target);
    const counting = lane.map((one) => ({ ...one, carriedBy: carrierOf(one, since) }));
    const goesOn = isGoneOnWith(counting);
    const isByOperator = ({ carriedBy }: Earlier) => carriedBy === "operator";
    this.earlier = counting.map((one) =>
      goesOn || isByOperator(one) ? one : { ...one, carriedBy: undefined },
    );
    this.decisive = goesOn && isMixed(counting) ? lastSent(counting) + 1 : 0;
  }
}

/** A request of the earlier run, and who says that it need not be sent, if anybody does. */
interface Earlier extends LanePosition {
  readonly carriedBy: "meta" | "operator" | undefined;
}

/** An operator's word counts whatever is trusted; what Meta has acknowledged, only since it is. */
function carrierOf(
  { standing, acknowledged, settledAt }: LanePosition,
  trustedSince: number,
): Earlier["carriedBy"] {
  if (standing !== "resolved" && standing !== "skipped") return undefined;
  if (acknowledged && (settledAt ?? 0) < trustedSince) return undefined;
  return standing === "skipped" ? "operator" : "meta";
}

/**
 * A lane that adds and removes was completed when all of it counts: nobody waits for its end, so that
 * fewer records may well come.
 */
function isGoneOnWith(lane: readonly Earlier[]): boolean {
  if (!isMixed(lane)) return true;
  const first = lane.findIndex(({ carriedBy }) => carriedBy === undefined);
  return first !== -1 && first >= lastSent(lane);
}

function isMixed(lane: readonly Earlier[]): boolean {
  const sent = lane.slice(0, lastSent(lane) + 1);
  return new Set(sent.map(({ operation }) => operation)).size > 1;
}

/** The last position of which Meta may have something; -1 when there is none. */
function lastSent(lane: readonly Earlier[]): number {
  return lane.findLastIndex(({ sent }) => sent);
}

/** Why a lane is not gone on with. */
export const OTHER_RECORDS =
  "the requests are not those of the run before, which did not come to its end: records changed, are fewer, or were refused. That run may have undone what was passed over now. Run it once more: the next run sends all of them";
