import type { Moment } from "../../moments.js";
import { isClean } from "../mirror-run.js";
import type { MirrorInvariant } from "./mirror-facts.js";

/** After these there may be something to send. */
const FURTHER: ReadonlySet<Moment["kind"]> = new Set(["decided", "suppressed", "released"]);

export const secondMirrorSendsNothing: MirrorInvariant = {
  number: "17",
  says: "a run over the same table after a clean one sends nothing",
  check: (facts) => {
    let table = "";
    let clean: string | undefined;
    return (moment) => {
      if (moment.kind === "born") {
        table = JSON.stringify([facts.sync(), facts.members(), facts.source().corrected]);
        if (moment.words.fullRefresh) clean = undefined;
      }
      if (FURTHER.has(moment.kind)) clean = undefined;
      if (moment.kind === "left" && moment.exchange.sent !== undefined && clean === table)
        return `${moment.exchange.sent.row?.batchId ?? "a request"} left in a second run`;
      if (moment.kind === "run_ended")
        clean = isClean(moment.result, facts.tables) ? table : undefined;
      return undefined;
    };
  },
};
