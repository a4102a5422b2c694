import type { MirrorInvariant } from "./mirror-facts.js";

export const removalsFirst: MirrorInvariant = {
  number: "5d",
  says: "in one run no removal leaves for an audience after an addition",
  check: () => {
    const added = new Set<string>();
    return (moment) => {
      if (moment.kind === "born") added.clear();
      const request = moment.kind === "left" ? moment.exchange.sent?.request : undefined;
      if (request?.kind !== "users") return undefined;
      if (request.operation === "upsert") added.add(request.id);
      return request.operation === "remove" && added.has(request.id)
        ? `a removal left for ${request.id} after an addition`
        : undefined;
    };
  },
};
