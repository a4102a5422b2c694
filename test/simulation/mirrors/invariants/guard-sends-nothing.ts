import type { MirrorWords } from "../../../../src/sync/mirror/mirror-rules.js";
import { isAllowed, NO_MIRROR_WORDS } from "../../../../src/sync/mirror/mirror-rules.js";
import { targetOf, wantedRows, type MirrorInvariant } from "./mirror-facts.js";

export const guardSendsNothing: MirrorInvariant = {
  number: "20",
  says: "an audience that its guard stops is sent nothing, and none is emptied unless somebody says so",
  check: (facts) => {
    const sentTo = new Set<string>();
    let words: MirrorWords = NO_MIRROR_WORDS;
    return (moment) => {
      if (moment.kind === "born") {
        sentTo.clear();
        ({ words } = moment);
      }
      const request = moment.kind === "left" ? moment.exchange.sent?.request : undefined;
      if (request?.kind === "users") {
        const target = targetOf(facts, request.id);
        sentTo.add(target);
        const isEmptied = request.operation === "remove" && wantedRows(facts, target).length === 0;
        if (isEmptied && !isAllowed(words.allowedRemovals, target))
          return `${target} is emptied, and nobody said so`;
      }
      if (moment.kind !== "run_ended") return undefined;
      const stopped = (moment.result.mirror?.audiences ?? []).filter(
        ({ guarded }) => guarded !== undefined,
      );
      const sent = stopped.find(({ target }) => sentTo.has(target));
      return sent && `${sent.target} was guarded, and sent to`;
    };
  },
};
