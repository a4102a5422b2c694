import type { Session } from "./session.js";

/** Since when acknowledgements of a logical target count; from ever where nobody said otherwise. */
export function trustedSince({
  store,
  binding,
}: Pick<Session, "store" | "binding">): (target: string) => Promise<number> {
  return async (target) =>
    (await store.targets.find(binding.config.adAccountId, target))?.trustedSince ?? 0;
}
