import type { Difference, Members } from "./members.js";

type Begin = Difference["begin"];

/**
 * Members of which what a comparison found is begun in another way; all else stays as it is. It is the
 * one step of theirs that writes, and stands behind two calls that only read.
 */
export function beginBy(members: Members, way: (begin: Begin) => Begin): Members {
  return {
    audiences: () => members.audiences(),
    release: (audienceId) => members.release(audienceId),
    keeperOf: (audienceId) => members.keeperOf(audienceId),
    stage: async () => {
      const staging = await members.stage();
      return {
        add: (wanted) => staging.add(wanted),
        suppress: (keys) => staging.suppress(keys),
        targets: () => staging.targets(),
        repeated: () => staging.repeated(),
        compare: async (comparison) => {
          const difference = await staging.compare(comparison);
          return {
            audiences: difference.audiences,
            begin: way((...of) => difference.begin(...of)),
            changes: (...of) => difference.changes(...of),
          };
        },
        close: () => staging.close(),
      };
    },
  };
}
