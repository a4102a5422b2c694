import type { SourceRecord } from "../records/record.js";
import type { Check, Invariant } from "./invariant.js";
import { lanesSentAnew } from "./lanes-sent-anew.js";

export const secondRunSendsNothing: Invariant = {
  number: "17",
  says: "a run after one that left nothing open sends nothing",
  check: ({ tables }): Check => {
    let anew: ReadonlySet<string> = new Set();
    let records: readonly SourceRecord[] = [];
    let clean = false;
    let newRejects = 0;
    let cleanBefore = false;
    return (moment) => {
      if (moment.kind === "born") {
        anew = lanesSentAnew(tables);
        cleanBefore = clean && !moment.faulty && moment.source.records === records;
        ({ records } = moment.source);
        clean = false;
        newRejects = 0;
      }
      const sent = moment.kind === "left" ? moment.exchange.sent : undefined;
      if (sent !== undefined && cleanBefore && !anew.has(sent.path))
        return `${sent.row?.batchId ?? "a request"} left in a second run`;
      if (moment.kind === "decided") clean = false;
      if (moment.kind === "settled") newRejects += moment.settlement.rejects.length;
      if (moment.kind === "run_ended") {
        const { stopped, sourceProblem } = moment.result;
        const { unknown, failed, notSent } = moment.result.records;
        clean =
          unknown + failed + notSent + newRejects === 0 &&
          stopped === undefined &&
          sourceProblem === undefined;
      }
      return undefined;
    };
  },
};
