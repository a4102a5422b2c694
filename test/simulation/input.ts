import type { DecodedRecord } from "../../src/core/record.js";
import { cleanJson } from "../../src/core/json.js";
import { recordInput, type IncomingRecord } from "../../src/sync/record-input.js";
import type { RunInput } from "../../src/sync/run-input.js";
import { AUDIENCE_MAPPINGS, EVENT_MAPPINGS, VALUE_MAPPINGS } from "./records/mappings.js";
import type { World } from "./world.js";

/** Records as a source gives them. */
export type Batches = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;

/** What a run over the source is of, as the source and the mapping stand. */
export function inputOf(world: World, read: Batches): RunInput<readonly DecodedRecord[]> {
  const { surface, valueBased, onDoubt, maxAgeSeconds } = world.schedule;
  const pair =
    surface === "events" ? EVENT_MAPPINGS : valueBased ? VALUE_MAPPINGS : AUDIENCE_MAPPINGS;
  return {
    ...recordInput({
      mapping: world.corrected ? pair.corrected : pair.first,
      binding: world.binding,
      records: inBatches(read),
      now: world.time.clock(),
    }),
    onDoubt,
    // Events as from a sync file, people as from records that come.
    wholeSource: surface === "events",
    maxAgeSeconds,
  };
}

/** Records as they come to a run. */
export async function* inBatches(batches: Batches): AsyncGenerator<readonly IncomingRecord[]> {
  let position = 0;
  for await (const batch of batches) {
    const before = position;
    position += batch.length;
    yield batch.map((value, index) => ({
      position: before + index + 1,
      value: cleanJson(value),
    }));
  }
}
