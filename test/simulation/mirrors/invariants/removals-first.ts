import { TOO_FEW } from "../../meta/meta.js";
import type { Moment } from "../../moments.js";
import type { MirrorInvariant } from "./mirror-facts.js";

export const removalsFirst: MirrorInvariant = {
  number: "5d",
  says: "in one run no removal leaves for an audience after an addition, but once where too few would have been left",
  check: () => {
    const added = new Set<string>();
    /** Where Meta let nobody be removed, and nobody was removed since. */
    const tooEarly = new Set<string>();
    const hadSecond = new Set<string>();
    return (moment) => {
      if (moment.kind === "born") for (const set of [added, tooEarly, hadSecond]) set.clear();
      const refused = moment.kind === "done" ? tooFewIn(moment) : undefined;
      if (refused !== undefined && !hadSecond.has(refused)) tooEarly.add(refused);
      const request = moment.kind === "left" ? moment.exchange.sent?.request : undefined;
      if (request?.kind !== "users") return undefined;
      if (request.operation === "upsert") added.add(request.id);
      if (request.operation === "remove" && added.has(request.id) && tooEarly.delete(request.id)) {
        hadSecond.add(request.id);
        added.delete(request.id);
      }
      return request.operation === "remove" && added.has(request.id)
        ? `a removal left for ${request.id} after an addition`
        : undefined;
    };
  },
};

/** The audience of which Meta said that too few would be left. */
export function tooFewIn({
  exchange,
  verdict,
}: Extract<Moment, { kind: "done" }>): string | undefined {
  return verdict?.kind === "closed" && verdict.subcode === TOO_FEW
    ? exchange.sent?.request.id
    : undefined;
}
