/** A mirror, planned: stage, compare, guard, begin, and then the requests of the difference. */
import { nearName } from "../../core/near-name.js";
import type { Compared } from "../../delivery/delivered.js";
import type { Planned } from "../../planning/planner.js";
import { requestMaker } from "../../planning/request-maker.js";
import type { RequestContext } from "../../planning/request-plan.js";
import { takenByAnother } from "../../reconcile/compared-audiences.js";
import { guardRemovals, type GuardVerdict } from "../../reconcile/removal-guard.js";
import { SourceFailure } from "../../sources/source-failure.js";
import type {
  AudienceDifference,
  Difference,
  Members,
  Staging,
  TakenAudience,
} from "../../store/members.js";
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
  readonly begin: (
    difference: Difference,
    targets: readonly string[],
    mayShrinkTo: ReadonlyMap<string, number>,
  ) => Promise<readonly TakenAudience[]>;
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
  yield* misnamed(rules.allowedRemovals, [...targets, ...found.map(({ target }) => target)]);
  const judged = difference.audiences.map((audience) => judge(audience, rules));
  const taken = stopped() ? [] : await begin(difference, judged, options);
  const begun = yield* told(judged, taken);
  return { difference, audiences: found.filter(({ target }) => begun.has(target)) };
}

/** Whoever names an audience that is none of the run's must hear of it. */
function* misnamed(
  allowed: MirrorRules["allowedRemovals"],
  names: readonly string[],
): Generator<Compared> {
  if (allowed.kind !== "in" || names.includes(allowed.target)) return;
  const { target } = allowed;
  yield { kind: "misnamed", target, near: nearName(target, new Set(names)) };
}

/** Begins what may be changed; gives what is another sync's by now. */
async function begin<B>(
  difference: Difference,
  judged: readonly JudgedAudience[],
  options: Pick<MirrorOptions<B>, "begin">,
): Promise<readonly TakenAudience[]> {
  const open = judged.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return [];
  const targets = open.map(({ audience }) => audience.target);
  const mayShrinkTo = new Map<string, number>();
  for (const one of open)
    if (one.mayShrinkTo !== undefined) mayShrinkTo.set(one.audience.target, one.mayShrinkTo);
  return options.begin(difference, targets, mayShrinkTo);
}

/** An audience as its guard sees it. */
interface JudgedAudience extends GuardVerdict {
  readonly audience: AudienceDifference;
  /** Whether something is to be changed, and may be. */
  readonly isOpen: boolean;
}

function judge(
  audience: AudienceDifference,
  { guardPercent: percent, allowedRemovals }: MirrorRules,
): JudgedAudience {
  const { target, rows } = audience;
  const verdict = guardRemovals(audience, {
    percent,
    isAllowed: isAllowed(allowedRemovals, target),
  });
  const isOpen = verdict.because === undefined && rows.removals + rows.additions > 0;
  return { audience, ...verdict, isOpen };
}

/** Tells of each audience; gives the targets in which something is to be changed, and may be. */
function* told(
  judged: readonly JudgedAudience[],
  taken: readonly TakenAudience[],
): Generator<Compared, ReadonlySet<string>, undefined> {
  const begun = new Set<string>();
  for (const { audience, because, isOpen } of judged) {
    const { target } = audience;
    const lost = taken.find((one) => one.target === target);
    if (lost !== undefined) {
      yield { kind: "unreached", target, failure: takenByAnother(lost) };
      continue;
    }
    yield { kind: "compared", audience };
    if (because !== undefined) yield { kind: "guarded", target, because };
    if (isOpen) begun.add(target);
  }
  return begun;
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
