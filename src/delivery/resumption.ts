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
  | { readonly kind: "carried"; readonly by: "meta" | "operator"; readonly countsFrom: number }
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
 * not sent in either case.
 */
export class Resumption {
  private past: Past = NOTHING;
  /** How many positions both runs have in common. */
  private common = 0;
  /** Whether acknowledged requests were passed over. */
  private passedOver = false;

  constructor(private readonly options: ResumptionOptions) {}

  /** What to do with the request at a position; asked once for each, in order. */
  async follow(request: RequestPlan, position: number): Promise<Resumed> {
    if (!this.options.resume || request.surface === "events") return { kind: "send" };
    if (position === 0) this.past = await this.lookBack(request);
    const { positions, givenUp, counting } = this.past;
    const before = positions[position];
    const isSame = this.common === position && before?.fingerprint === request.fingerprint;
    if (!isSame && !this.isCertain()) return { kind: "differs" };
    if (isSame) this.common += 1;
    const givenUpAt = givenUp.get(placeOf(position, request.fingerprint));
    if (givenUpAt !== undefined) return { kind: "carried", by: "operator", countsFrom: givenUpAt };
    if (!isSame || !counting.has(position)) return { kind: "send" };
    this.passedOver = true;
    return { kind: "carried", by: "meta", countsFrom: before.countsFrom ?? 0 };
  }

  /** Whether nothing that was passed over can have been undone. */
  isCertain(): boolean {
    return !this.passedOver || this.common >= this.past.decisive;
  }

  private async lookBack({ target, path }: RequestPlan): Promise<Past> {
    const { run, ledger, trustedSince } = this.options;
    const { sync, runId } = run;
    const { positions, givenUp } = await ledger.lane({ sync, target, path, runId });
    const given = new Map(
      givenUp.map((one) => [placeOf(one.position, one.fingerprint), one.settledAt]),
    );
    const since = positions.length === 0 ? 0 : await trustedSince(target);
    return { positions, givenUp: given, ...countingOf(positions, given, since) };
  }
}

/** What is known of a lane. */
interface Past extends Counting {
  readonly positions: readonly LanePosition[];
  /** By place: when it was settled. */
  readonly givenUp: ReadonlyMap<string, number>;
}

/** Which requests of an earlier run count. */
interface Counting {
  /** The positions that Meta has acknowledged and that need not be sent again. */
  readonly counting: ReadonlySet<number>;
  /** How many positions a run must have in common with it for that. */
  readonly decisive: number;
}

const NOTHING: Past = { positions: [], givenUp: new Map(), counting: new Set(), decisive: 0 };

function placeOf(position: number, fingerprint: string): string {
  return `${String(position)} ${fingerprint}`;
}

/**
 * A lane that adds and removes was completed when all of it counts: nobody waits for its end, so that
 * fewer records may well come. Where some were refused, they will be left out, so that a request differs.
 */
function countingOf(
  positions: readonly LanePosition[],
  givenUp: Past["givenUp"],
  trustedSince: number,
): Counting {
  const counts = ({ standing, countsFrom = 0 }: LanePosition) =>
    standing === "resolved" && countsFrom >= trustedSince;
  const counting = new Set(positions.filter(counts).map(({ position }) => position));
  const sent = positions.slice(0, positions.findLastIndex((one) => one.sent) + 1);
  if (new Set(sent.map(({ operation }) => operation)).size < 2) return { counting, decisive: 0 };
  const first = positions.findIndex(
    ({ position, fingerprint }) =>
      !counting.has(position) && !givenUp.has(placeOf(position, fingerprint)),
  );
  const isGoneOnWith = first >= sent.length - 1 && !sent.some(({ hasRefused }) => hasRefused);
  return isGoneOnWith
    ? { counting, decisive: sent.length }
    : { counting: NOTHING.counting, decisive: 0 };
}

/** Why a lane is not gone on with. */
export const OTHER_RECORDS =
  "the requests are not those of the run before, which did not come to its end: records changed, are fewer, or were refused. That run may have undone what was passed over now. Run it once more: the next run sends all of them";
