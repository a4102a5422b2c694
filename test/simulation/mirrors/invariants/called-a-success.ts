import type { BatchRow, MemoryTables } from "../../../../src/store/memory/tables.js";
import { isAnswered } from "../mirror-run.js";
import type { MirrorInvariant } from "./mirror-facts.js";

export const calledASuccess: MirrorInvariant = {
  number: "16a",
  says: "a run of which a request was not answered is not called a success, but where its parts did it later",
  check:
    ({ tables }) =>
    (moment) => {
      if (moment.kind !== "run_ended" || moment.result.status !== "succeeded") return undefined;
      const open = [...tables.batches.values()].find(
        (batch) =>
          batch.runId === tables.runs.length && !isAnswered(batch) && !isMadeGood(batch, tables),
      );
      return open && `the run is called a success, and ${open.batchId} is ${open.state}`;
    },
};

/** What a second round did behind what came too early. */
function isMadeGood({ batchId, parent, itemCount }: BatchRow, { batches }: MemoryTables): boolean {
  const done = [...batches.values()].filter(
    (part) =>
      part.parent === (parent ?? batchId) &&
      part.batchId !== batchId &&
      part.state !== "split" &&
      isAnswered(part),
  );
  return done.reduce((sum, part) => sum + part.itemCount, 0) >= itemCount;
}
