import type { Session } from "./session.js";

/**
 * Since when acknowledgements of a logical target count: from ever for one that the binding maps. Of
 * one that the registry does not know none counts, since it will be new there.
 */
export function trustedSince({
  store,
  binding,
}: Pick<Session, "store" | "binding">): (target: string) => Promise<number> {
  return async (target) => {
    const known = await store.targets.find(binding.config.adAccountId, target);
    return known?.trustedSince ?? (binding.targets.has(target) ? 0 : Infinity);
  };
}
