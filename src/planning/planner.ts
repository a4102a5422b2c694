/** From rows to request plans: pure but for the resolver of targets, which is given. */
import type { Admit, Admitted } from "./admission.js";
import type { Batch } from "./batch.js";
import { Batcher } from "./batcher.js";
import { distinctTargets } from "./distinct-targets.js";
import { renderedGroups, type RenderingOptions, type RowBatch } from "./rendered-groups.js";
import { requestMaker, type PlannedRequest } from "./request-maker.js";
import type { RequestContext } from "./request-plan.js";
import { destinationOf, type TargetFailure, type TargetResolver } from "./target.js";

/** What planning yields, in emission order; every record ends up in exactly one of these. */
export type Planned =
  | { readonly kind: "request"; readonly planned: PlannedRequest }
  | Other
  /** Packed already when the run stopped. */
  | { readonly kind: "left"; readonly batch: Batch }
  /** Records whose target could not be resolved. */
  | { readonly kind: "held"; readonly batch: Batch; readonly failure: TargetFailure };

/** What the planner needs; the same for a whole run. */
export interface PlannerOptions<B> extends RenderingOptions<B> {
  readonly admit: Admit;
  readonly context: RequestContext;
  readonly resolve: TargetResolver;
  /** True once the run has stopped: nothing more is read, and what is packed is handed over. */
  readonly stopped: () => boolean;
}

/** Plans a run. Memory holds the open batches, never the whole input. */
export async function* planRequests<B>(
  source: AsyncIterable<RowBatch<B>>,
  options: PlannerOptions<B>,
): AsyncGenerator<Planned, void, undefined> {
  const batcher = new Batcher(options.limits);
  const emit = emitter(options);
  for await (const rendered of renderedGroups(source, options)) {
    const admitted = await options.admit(rendered);
    for (let next = 0; next < admitted.length;) {
      const packed = pack(admitted, next, batcher, options.stopped);
      for (const ready of packed.ready) yield await emit(ready);
      // A rejection is noted by now, so it is told after a stop, too: no later run takes it for news.
      if (packed.other !== undefined) yield packed.other;
      ({ next } = packed);
    }
    if (options.stopped()) break;
    batcher.gather();
  }
  for (const ready of batcher.drain()) yield await emit(ready);
}

/** What is no entry, and goes on as it is. */
type Other = Exclude<Admitted, { readonly kind: "entry" }>;

/** Entries that were packed, up to the first that closed a batch, or to what is none. */
interface Packed {
  /** Where to go on. */
  readonly next: number;
  readonly ready: readonly Batch[];
  readonly other: Other | undefined;
}

/** Packs entries; after a stop none. A loop of its own: within a generator the engine makes no good code of it. */
function pack(
  admitted: readonly Admitted[],
  from: number,
  batcher: Batcher,
  stopped: () => boolean,
): Packed {
  for (let at = from; at < admitted.length; at += 1) {
    const one = admitted[at];
    if (one?.kind !== "entry") return { next: at + 1, ready: [], other: one };
    const ready = stopped() ? [] : batcher.add(one.entry);
    if (ready.length > 0) return { next: at + 1, ready, other: undefined };
  }
  return { next: admitted.length, ready: [], other: undefined };
}

type Emit = (batch: Batch) => Promise<Planned>;

function emitter<B>({ context, resolve, stopped }: PlannerOptions<B>): Emit {
  const resolveOnce = distinctTargets(resolve);
  const make = requestMaker(context);
  return async (batch) => {
    if (stopped()) return { kind: "left", batch };
    const resolution = await resolveOnce(batch.target);
    // It may have stopped while the target was resolved, which then came to nothing.
    if (stopped()) return { kind: "left", batch };
    if (resolution.kind === "failed") return { kind: "held", batch, failure: resolution.failure };
    return { kind: "request", planned: make(batch, destinationOf(resolution)) };
  };
}
