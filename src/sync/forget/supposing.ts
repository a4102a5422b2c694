import type { Store } from "../../store/store.js";

/** A store whose comparisons find people suppressed who are not: a dry run writes nothing. */
export function supposing(store: Store, keys: readonly string[]): Store {
  return {
    ...store,
    members: {
      audiences: () => store.members.audiences(),
      release: (audienceId) => store.members.release(audienceId),
      keeperOf: (audienceId) => store.members.keeperOf(audienceId),
      stage: async () => {
        const staging = await store.members.stage();
        await staging.suppress(keys);
        return staging;
      },
    },
  };
}
