/** From rows to what rendering makes of them, some thousand at a time. */
import type { Rejection } from "../core/record.js";
import type { Renderer, Rendering } from "../surfaces/entry.js";
import type { BatchLimits } from "./batcher.js";

/** A batch of source rows. */
export interface RowBatch<B> {
  readonly batch: B;
  readonly rows: number;
}

/** What rendering needs; the same for a whole run. */
export interface RenderingOptions<B> {
  readonly render: Renderer<B>;
  readonly limits: BatchLimits;
  /** True once the run has stopped: nothing more is read. */
  readonly stopped: () => boolean;
}

/**
 * How many records are asked about at once: a store answers with a pass over what it knows, which is
 * worth it for many only, and memory holds so many entries.
 */
const GROUP = 2_000;

/** What came before a source broke off is given all the same; after a stop nothing more is read. */
export async function* renderedGroups<B>(
  source: AsyncIterable<RowBatch<B>>,
  options: RenderingOptions<B>,
): AsyncGenerator<readonly Rendering[], void, undefined> {
  let group: Rendering[] = [];
  let broken: { readonly error: unknown } | undefined;
  try {
    for await (const rows of source) {
      if (options.stopped()) return;
      addRendered(rows, options, group);
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

/** A loop of its own: within a generator the engine makes no good code of it. */
function addRendered<B>(
  { batch, rows }: RowBatch<B>,
  { render, limits }: RenderingOptions<B>,
  group: Rendering[],
): void {
  for (let index = 0; index < rows; index += 1)
    group.push(withinBytes(render(batch, index), limits));
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
  return { kind: "rejection", rejection, target: rendering.entry.target };
}
