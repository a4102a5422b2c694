/** From rows to request plans: pure but for the resolver of targets, which is given. */
import type { Rejection } from "../core/record.js";
import type { Entry, Renderer, Rendering } from "../surfaces/entry.js";
import type { Admit, Admitted } from "./admission.js";
import type { Batch } from "./batch.js";
import { Batcher, type BatchLimits } from "./batcher.js";
import { planRequest, type RequestContext, type RequestPlan } from "./request-plan.js";
import type { TargetFailure, TargetResolution, TargetResolver } from "./target.js";

/** What planning yields, in emission order; every record ends up in exactly one of these. */
export type Planned =
  | { readonly kind: "request"; readonly planned: PlannedRequest }
  | Exclude<Admitted, { readonly kind: "entry" }>
  /** Packed already when the run stopped. */
  | { readonly kind: "left"; readonly batch: Batch }
  /** Records whose target could not be resolved. */
  | { readonly kind: "held"; readonly batch: Batch; readonly failure: TargetFailure };

/** A request, the entries that it is made of, and how to make a smaller one of some of them. */
export interface PlannedRequest {
  readonly request: RequestPlan;
  readonly entries: readonly Entry[];
  readonly part: (entries: readonly Entry[]) => RequestPlan;
}

/** A batch of source rows. */
export interface RowBatch<B> {
  readonly batch: B;
  readonly rows: number;
}

/** What the planner needs; the same for a whole run. */
export interface PlannerOptions<B> {
  readonly render: Renderer<B>;
  readonly admit: Admit;
  readonly limits: BatchLimits;
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
  for await (const rendered of inGroups(source, options)) {
    for (const admitted of await options.admit(rendered)) {
      if (options.stopped()) break;
      if (admitted.kind !== "entry") yield admitted;
      else for (const ready of batcher.add(admitted.entry)) yield await emit(ready);
    }
    if (options.stopped()) break;
  }
  for (const ready of batcher.drain()) yield await emit(ready);
}

/**
 * How many records are asked about at once: a store answers with a pass over what it knows, which is
 * worth it for many only, and memory holds so many entries.
 */
const GROUP = 2_000;

/** What came before a source broke off is packed all the same; after a stop nothing more is read. */
async function* inGroups<B>(
  source: AsyncIterable<RowBatch<B>>,
  options: PlannerOptions<B>,
): AsyncGenerator<readonly Rendering[], void, undefined> {
  let group: Rendering[] = [];
  let broken: { readonly error: unknown } | undefined;
  try {
    for await (const rows of source) {
      if (options.stopped()) return;
      group.push(...renderings(rows, options));
      if (group.length < GROUP) continue;
      yield group;
      group = [];
    }
  } catch (error) {
    broken = { error };
  }
  if (group.length > 0) yield group;
  if (broken !== undefined) throw broken.error;
}

function renderings<B>(
  { batch, rows }: RowBatch<B>,
  { render, limits }: PlannerOptions<B>,
): readonly Rendering[] {
  return Array.from({ length: rows }, (_, index) => withinBytes(render(batch, index), limits));
}

type Emit = (batch: Batch) => Promise<Planned>;

function emitter<B>({ context, resolve, stopped }: PlannerOptions<B>): Emit {
  const resolutions = new Map<string, TargetResolution>();
  const names = new Map<string, string>();
  let index = 0;
  return async (batch) => {
    if (stopped()) return { kind: "left", batch };
    const { target } = batch;
    const resolution = resolutions.get(target) ?? alone(target, await resolve(target), names);
    resolutions.set(target, resolution);
    // It may have stopped while the target was resolved, which then came to nothing.
    if (stopped()) return { kind: "left", batch };
    if (resolution.kind === "failed") return { kind: "held", batch, failure: resolution.failure };
    const id = resolution.kind === "resolved" ? resolution.id : undefined;
    const destination = { id, status: resolution.status };
    const position = index;
    const part = (entries: readonly Entry[]) =>
      planRequest({ ...batch, entries }, position, destination, context);
    index += 1;
    const { entries } = batch;
    return { kind: "request", planned: { request: part(entries), entries, part } };
  };
}

/** Batches are packed by name: with two names for one audience a removal could overtake an addition. */
function alone(
  target: string,
  resolution: TargetResolution,
  names: Map<string, string>,
): TargetResolution {
  if (resolution.kind !== "resolved") return resolution;
  const first = names.get(resolution.id);
  names.set(resolution.id, first ?? target);
  if (first === undefined) return resolution;
  const message = `"${target}" and "${first}" are the same audience (${resolution.id}), and the order of their records would be lost. Use one name for it.`;
  return { kind: "failed", failure: { stops: "target", code: "target.same_audience", message } };
}

function withinBytes(rendering: Rendering, limits: BatchLimits): Rendering {
  if (rendering.kind !== "entry" || limits.maxBytes === undefined) return rendering;
  if (limits.bytesOf(rendering.entry) <= limits.maxBytes) return rendering;
  const rejection: Rejection = {
    identity: rendering.entry.identity,
    code: "too_large",
    field: "",
    message: "The record alone makes a body larger than `max_body_bytes`.",
  };
  return { kind: "rejection", rejection };
}
