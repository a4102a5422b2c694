/** The second half of a mirror: what is to be changed becomes requests, target by target in turns. */
import type { Batch } from "../../planning/batch.js";
import { Batcher, type BatchLimits } from "../../planning/batcher.js";
import type { Planned } from "../../planning/planner.js";
import type { MakeRequest } from "../../planning/request-maker.js";
import type { Difference } from "../../store/members.js";
import type { ChangedRows } from "./changed-rows.js";
import type { MirrorAudience } from "./find-audiences.js";
import { inTurns } from "./in-turns.js";

/** What making requests of a difference needs. */
export interface DifferenceOptions {
  readonly rows: ChangedRows;
  readonly limits: BatchLimits;
  readonly make: MakeRequest;
  /** True once the run has stopped: what was not sent is handed over. */
  readonly stopped: () => boolean;
}

/** The requests of some audiences; the removals of each come first. */
export async function* differenceRequests(
  difference: Pick<Difference, "changes">,
  audiences: readonly MirrorAudience[],
  options: DifferenceOptions,
): AsyncGenerator<Planned, void, undefined> {
  yield* inTurns(
    audiences.map(
      ({ target, destination }) =>
        async function* () {
          for await (const batch of batchesOf(target, difference, options))
            yield options.stopped()
              ? ({ kind: "left", batch } as const)
              : ({ kind: "request", planned: options.make(batch, destination) } as const);
        },
    ),
  );
}

async function* batchesOf(
  target: string,
  difference: Pick<Difference, "changes">,
  { rows, limits }: DifferenceOptions,
): AsyncGenerator<Batch, void, undefined> {
  const batcher = new Batcher(limits);
  for (let after = -1; ;) {
    const page = await difference.changes(target, after, limits.maxItems);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.place;
    for (const change of page) yield* batcher.add(rows.entry(change, target));
  }
  yield* batcher.drain();
}
