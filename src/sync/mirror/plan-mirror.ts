/** A mirror, planned: stage, compare, guard, begin, and then the requests of the difference. */
import type { Compared } from "../../delivery/delivered.js";
import type { Planned } from "../../planning/planner.js";
import { requestMaker } from "../../planning/request-maker.js";
import type { RequestContext } from "../../planning/request-plan.js";
import { guardStop } from "../../reconcile/removal-guard.js";
import { SourceFailure } from "../../sources/source-failure.js";
import type { AudienceDifference, Difference, Members, Staging } from "../../store/members.js";
import { nothingSent, StoreFailure } from "../../store/store-fault.js";
import type { ChangedRows } from "./changed-rows.js";
import { differenceRequests, type DifferenceOptions } from "./difference-requests.js";
import { findAudiences, type FindOptions, type MirrorAudience } from "./find-audiences.js";
import { isAllowed, type MirrorRules } from "./mirror-rules.js";
import { repeatedRecords } from "./repeated-records.js";
import { stageSource, type StageOptions } from "./stage.js";

/** What planning a mirror needs; a dry run gives parts that write nothing. */
export interface MirrorOptions<B>
  extends StageOptions<B>, FindOptions, Pick<DifferenceOptions, "session"> {
  readonly rules: MirrorRules;
  readonly members: Members;
  readonly rows: ChangedRows;
  readonly context: RequestContext;
  /** Writes down, before the first request, what is to be changed. */
  readonly begin: (difference: Difference, targets: readonly string[]) => Promise<void>;
}

/** What a mirror yields: what it finds out, then its requests. */
export type MirrorPlanned = Planned | Compared;

/** Plans a mirror. Until the first request nothing is sent, whatever goes wrong. */
export async function* planMirror<B>(
  options: MirrorOptions<B>,
): AsyncGenerator<MirrorPlanned, void, undefined> {
  const staging = await options.members.stage().catch(beforeSending);
  try {
    const compared = yield* unsent(compare(staging, options));
    if (compared === undefined) return;
    const { difference, audiences } = compared;
    const make = requestMaker(options.context);
    yield* differenceRequests(difference, audiences, { ...options, make });
  } finally {
    await staging.close();
  }
}

interface ReadyDifference {
  readonly difference: Difference;
  /** Those in which something is to be changed, and may be. */
  readonly audiences: readonly MirrorAudience[];
}

async function* compare<B>(
  staging: Staging,
  options: MirrorOptions<B>,
): AsyncGenerator<MirrorPlanned, ReadyDifference | undefined, undefined> {
  const { sync, rules, stopped } = options;
  yield* stageSource(staging, options);
  if (stopped()) return undefined;
  const repeated = await staging.repeated();
  if (repeated.count > 0) throw new SourceFailure(repeatedRecords(repeated, rules.place));
  const targets = await staging.targets();
  const found = yield* findAudiences(targets, options);
  if (stopped()) return undefined;
  const removes = rules.mode !== "add";
  const difference = await staging.compare({ sync, audiences: found, removes });
  const open = yield* guarded(difference.audiences, rules);
  const audiences = found.filter(({ target }) => open.has(target));
  if (!stopped() && audiences.length > 0) await options.begin(difference, [...open]);
  return { difference, audiences };
}

/** Tells of each audience; gives the targets in which something is to be changed, and may be. */
function* guarded(
  audiences: readonly AudienceDifference[],
  { guardPercent: percent, allowedRemovals }: MirrorRules,
): Generator<Compared, ReadonlySet<string>, undefined> {
  const open = new Set<string>();
  for (const audience of audiences) {
    const { target, rows } = audience;
    yield { kind: "compared", audience };
    const guard = { percent, isAllowed: isAllowed(allowedRemovals, target) };
    const because = guardStop(audience, guard);
    if (because !== undefined) yield { kind: "guarded", target, because };
    else if (rows.removals + rows.additions > 0) open.add(target);
  }
  return open;
}

/** Steps before the first request. */
async function* unsent<R>(
  steps: AsyncGenerator<MirrorPlanned, R, undefined>,
): AsyncGenerator<MirrorPlanned, R, undefined> {
  try {
    return yield* steps;
  } catch (error) {
    return beforeSending(error);
  }
}

/** A store that fails here fails before anything was sent. */
function beforeSending(error: unknown): never {
  throw error instanceof StoreFailure ? nothingSent(error) : error;
}
