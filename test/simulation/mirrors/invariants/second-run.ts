import type { MirrorRun } from "../mirror-run.js";
import { isClean } from "../mirror-run.js";
import type { MirrorInvariant } from "./mirror-facts.js";

export const secondMirrorSendsNothing: MirrorInvariant = {
  number: "17",
  says: "a run over the same table after a clean one sends nothing",
  check: (facts) => {
    let run: MirrorRun | undefined;
    let table = "";
    let clean: string | undefined;
    return (moment) => {
      if (moment.kind === "born") {
        table = JSON.stringify([facts.members(), facts.source().corrected]);
        if (moment.words.fullRefresh) clean = undefined;
        run = { newRejects: 0 };
      }
      if (moment.kind === "decided") clean = undefined;
      if (moment.kind === "left" && moment.exchange.sent !== undefined && clean === table)
        return `${moment.exchange.sent.row?.batchId ?? "a request"} left in a second run`;
      if (moment.kind === "settled" && run !== undefined)
        run.newRejects += moment.settlement.rejects.length;
      if (moment.kind === "run_ended" && run !== undefined)
        clean = isClean(moment.result, run) ? table : undefined;
      return undefined;
    };
  },
};
