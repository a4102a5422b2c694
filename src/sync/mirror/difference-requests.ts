/** The second half of a mirror: what is to be changed becomes requests, target by target in turns. */
import type { Batch } from "../../planning/batch.js";
import { Batcher, type BatchLimits } from "../../planning/batcher.js";
import type { Planned } from "../../planning/planner.js";
import type { MakeRequest } from "../../planning/request-maker.js";
import type { AudienceDifference, Change, Difference, PlaceRange } from "../../store/members.js";
import type { ChangedRows } from "./changed-rows.js";
import type { MirrorAudience } from "./find-audiences.js";
import { inTurns } from "./in-turns.js";

/** What making requests of a difference needs. */
export interface DifferenceOptions {
  readonly rows: ChangedRows;
  readonly limits: BatchLimits;
  readonly make: MakeRequest;
  /** What the sessions of audiences have in which everybody is replaced. */
  readonly session: {
    readonly columns: readonly string[];
    /** Unique within the ad account. */
    readonly idOf: (target: string) => number;
  };
  /** True once the run has stopped: what was not sent is handed over. */
  readonly stopped: () => boolean;
}

/** The requests of some audiences; the removals of each come first. */
export async function* differenceRequests(
  difference: Pick<Difference, "audiences" | "changes">,
  audiences: readonly MirrorAudience[],
  options: DifferenceOptions,
): AsyncGenerator<Planned, void, undefined> {
  const found = new Map(difference.audiences.map((one) => [one.target, one]));
  yield* inTurns(
    audiences.map(
      ({ target, destination }) =>
        async function* () {
          for await (const batch of batchesOf(found.get(target), difference, options))
            yield options.stopped()
              ? ({ kind: "left", batch } as const)
              : ({ kind: "request", planned: options.make(batch, destination) } as const);
        },
    ),
  );
}

async function* batchesOf(
  audience: AudienceDifference | undefined,
  difference: Pick<Difference, "changes">,
  options: DifferenceOptions,
): AsyncGenerator<Batch, void, undefined> {
  if (audience === undefined) return;
  const { target, replaced } = audience;
  if (replaced === undefined) yield* packed(target, difference, options, () => true);
  else yield* inSession({ ...audience, replaced }, difference, options);
}

/** Whoever is not among those who are sent is gone by the last request. */
async function* inSession(
  { target, replaced, rows }: AudienceDifference & { readonly replaced: PlaceRange },
  difference: Pick<Difference, "changes">,
  options: DifferenceOptions,
): AsyncGenerator<Batch, void, undefined> {
  const { columns, idOf } = options.session;
  const shared = { sessionId: idOf(target), rows: rows.additions, columns, replaced };
  let sent = 0;
  let sequence = 0;
  const additions = packed(target, difference, options, ({ operation }) => operation === "upsert");
  for await (const batch of additions) {
    sent += batch.entries.length;
    sequence += 1;
    const session = { ...shared, sequence, isLast: sent === rows.additions };
    yield { ...batch, operation: "replace", session };
  }
}

async function* packed(
  target: string,
  difference: Pick<Difference, "changes">,
  { rows, limits }: DifferenceOptions,
  isSent: (change: Change) => boolean,
): AsyncGenerator<Batch, void, undefined> {
  const batcher = new Batcher(limits);
  for (let after = -1; ;) {
    const page = await difference.changes(target, after, limits.maxItems);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.place;
    for (const change of page.filter(isSent)) yield* batcher.add(rows.entry(change, target));
  }
  yield* batcher.drain();
}
