import { isAnswered } from "../mirror-run.js";
import type { MirrorInvariant } from "./mirror-facts.js";

export const calledASuccess: MirrorInvariant = {
  number: "16a",
  says: "a run of which a request was not answered is not called a success",
  check:
    ({ tables }) =>
    (moment) => {
      if (moment.kind !== "run_ended" || moment.result.status !== "succeeded") return undefined;
      const open = [...tables.batches.values()].find(
        (batch) => batch.runId === tables.runs.length && !isAnswered(batch),
      );
      return open && `the run is called a success, and ${open.batchId} is ${open.state}`;
    },
};
