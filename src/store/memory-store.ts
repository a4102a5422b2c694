import type { Store } from "./store.js";

/** A store that lives as long as its process: for tests, demos and embedding. */
export function memoryStore(): Store {
  const targets = new Map<string, string>();
  const keyOf = (adAccountId: string, target: string) => JSON.stringify([adAccountId, target]);
  return {
    targets: {
      find: (adAccountId, target) => Promise.resolve(targets.get(keyOf(adAccountId, target))),
      remember: (adAccountId, target, audienceId) => {
        targets.set(keyOf(adAccountId, target), audienceId);
        return Promise.resolve();
      },
    },
  };
}
