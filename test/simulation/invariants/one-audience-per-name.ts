import type { Invariant } from "./invariant.js";

export const oneAudiencePerName: Invariant = {
  number: "5b",
  says: "an audience is created once",
  check:
    ({ meta }) =>
    (moment) => {
      if (moment.kind !== "done" || moment.exchange.call !== "create") return undefined;
      const names = [...meta.audiences.values()].map(({ name }) => name);
      const twice = names.find((name, place) => names.indexOf(name) !== place);
      return twice === undefined ? undefined : `${twice} was created a second time`;
    },
};
