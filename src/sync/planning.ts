/** Puts a planner together: a mapping, a binding and rows make request plans. */
import type { MatchQuality } from "../checks/match-quality/match-quality.js";
import type { Binding } from "../config/binding.js";
import type { Items } from "../delivery/items.js";
import type { SuppressionOptions } from "../delivery/suppressed-records.js";
import { MAX_EVENTS_PER_REQUEST, MAX_ROWS_PER_REQUEST } from "../generated/constants.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { Tally } from "../mapping/scope.js";
import type { Admit } from "../planning/admission.js";
import type { BatchLimits } from "../planning/batcher.js";
import { entryBytes } from "../planning/entry-bytes.js";
import { planRequests, type Planned } from "../planning/planner.js";
import type { RowBatch } from "../planning/rendered-groups.js";
import type { RequestContext } from "../planning/request-plan.js";
import type { TargetResolver } from "../planning/target.js";
import type { SyncPast } from "../store/run-log.js";
import type { Store } from "../store/store.js";
import { audienceRenderer } from "../surfaces/custom-audiences.js";
import type { Renderer } from "../surfaces/entry.js";
import type { EventOptions } from "../surfaces/event-options.js";
import { eventRenderer } from "../surfaces/events.js";
import type { Rows } from "../surfaces/rows.js";
import type { Compilation, Compilations } from "./compilations.js";

/** What a planner of one run is made of. */
export interface PlanningInput<B> {
  readonly mapping: CheckedMapping;
  readonly binding: Binding;
  /** The rows, given the identifier types that the mapping reads and where others are counted. */
  readonly rows: (identifierTypes: ReadonlySet<string>, tally: Tally) => Rows<B>;
  /** What compiles the mapping for the rows. */
  readonly compilations: Compilations<B>;
  readonly batches: AsyncIterable<RowBatch<B>>;
  readonly resolve: TargetResolver;
  readonly admit: Admit;
  readonly tally: Tally;
  /** True once the run has stopped. */
  readonly stopped: () => boolean;
  /** The instant of planning in milliseconds; without it no age is checked. */
  readonly now: number | undefined;
  readonly maxAgeSeconds: number | undefined;
  /** Whether the records are all there are, and not some more: what is not among them is gone. */
  readonly wholeSource: boolean;
  /** What earlier runs of the sync left; nothing before the first one. */
  readonly past: SyncPast | undefined;
  /** Watches how well people can be matched; only where somebody asks for it. */
  readonly quality?: MatchQuality;
}

/** How the rows of a run are rendered and packed. */
export interface Preparation<B> {
  readonly render: Renderer<B>;
  readonly limits: BatchLimits;
  readonly context: RequestContext;
}

/** What of a planner's input says how rows are rendered and packed. */
export type PreparationInput<B> = Omit<
  PlanningInput<B>,
  "batches" | "resolve" | "admit" | "stopped"
>;

/**
 * Prepares the planning of one run.
 *
 * @param further columns that rows may have beside those of the mapping, and after them
 * @param rows whether they are sent as they are, so that ordinary ones are written straight away, or
 *   their cells are asked for one by one
 */
export function preparePlanning<B>(
  input: PreparationInput<B>,
  further: readonly string[] = [],
  rows: "as they are" | "by cells" = "by cells",
): Preparation<B> {
  const { mapping, binding, quality } = input;
  const compilation = compilationFor(input);
  const context: RequestContext = {
    apiVersion: binding.config.apiVersion,
    request: compilation.compiled.request,
    columns: [...columnsOf(mapping), ...further],
  };
  const limits = {
    maxItems: mapping.surface === "events" ? MAX_EVENTS_PER_REQUEST : MAX_ROWS_PER_REQUEST,
    maxBytes: entryBudget(binding.maxBodyBytes, context),
    bytesOf: entryBytes,
  };
  const render = rendererOf(input, compilation, rows === "as they are");
  return { render: quality === undefined ? render : quality.watched(render), limits, context };
}

/** What is watched has to be rendered. */
function compilationFor<B>({
  mapping,
  binding,
  compilations,
  quality,
}: PreparationInput<B>): Compilation<B> {
  return quality === undefined
    ? compilations.of(mapping, binding)
    : compilations.watched(mapping, binding, quality.listenTo);
}

/** The columns of a mapping of audiences, in its order. */
export function columnsOf(mapping: CheckedMapping): readonly string[] {
  return mapping.surface === "events" ? [] : mapping.columns.map(({ name }) => name);
}

/** How records of a mapping are known to be about erased people. */
export function suppressionOptions(
  mapping: CheckedMapping,
  items: Pick<Items, "digest">,
  { suppressions }: Pick<Store, "suppressions">,
): SuppressionOptions {
  return { suppressions, columns: columnsOf(mapping), digest: (parts) => items.digest(parts) };
}

/** Plans one run in which every record is sent; called once per run. */
export function planRun<B>(input: PlanningInput<B>): AsyncGenerator<Planned, void, undefined> {
  const { batches, resolve, admit, stopped } = input;
  const prepared = preparePlanning(input, [], "as they are");
  return planRequests(batches, { ...prepared, resolve, admit, stopped });
}

function rendererOf<B>(
  input: PreparationInput<B>,
  compilation: Compilation<B>,
  writesOrdinary: boolean,
): Renderer<B> {
  const { binding, tally, past } = input;
  const rows = input.rows(compilation.compiled.identifierTypes, tally);
  if (compilation.surface === "custom_audiences") {
    const { compiled, ordinary } = compilation;
    return audienceRenderer(rows, compiled, tally, writesOrdinary ? ordinary?.() : undefined);
  }
  const { compiled, ordinary } = compilation;
  const options: EventOptions = {
    pixelId: binding.config.pixelId,
    routes: binding.config.eventRoutes,
    onPersonalData: binding.onPersonalData,
    now: input.now,
    maxAgeSeconds: input.maxAgeSeconds,
    // Whoever hands over single records means each of them to be sent.
    firstStart: input.wholeSource ? past?.firstStart : undefined,
    horizon: past?.horizon,
  };
  return eventRenderer(
    rows,
    compiled,
    options,
    tally,
    writesOrdinary ? ordinary?.(options) : undefined,
  );
}

/** What is left of the limit once the parts around the entries are in the body. */
function entryBudget(
  maxBodyBytes: number | undefined,
  context: RequestContext,
): number | undefined {
  if (maxBodyBytes === undefined) return undefined;
  const around = JSON.stringify({
    payload: { schema: context.columns, data: [], ...context.request },
  });
  return Math.max(0, maxBodyBytes - Buffer.byteLength(around, "utf8"));
}
