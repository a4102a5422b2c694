import type { RegisteredTarget, TargetRegistry } from "../target-registry.js";
import { compareTexts } from "../text-order.js";
import { keyOf, type MemoryTables } from "./tables.js";

/** The Target Registry in memory. */
export function memoryTargets({ targets }: MemoryTables): TargetRegistry {
  const put = (row: RegisteredTarget) => targets.set(keyOf(row.adAccountId, row.target), row);
  return {
    find: (adAccountId, target) => Promise.resolve(targets.get(keyOf(adAccountId, target))),
    creating: (adAccountId, target, at, seen) => {
      if (targets.get(keyOf(adAccountId, target))?.checkedAt !== seen)
        return Promise.resolve(false);
      put({
        adAccountId,
        target,
        audienceId: undefined,
        createdByUs: true,
        trustedSince: at,
        checkedAt: at,
      });
      return Promise.resolve(true);
    },
    remember: ({ at, ...ready }) => {
      const trustedSince = targets.get(keyOf(ready.adAccountId, ready.target))?.trustedSince ?? at;
      put({ ...ready, trustedSince, checkedAt: at });
      return Promise.resolve();
    },
    list: () =>
      Promise.resolve(
        [...targets.values()].sort((a, b) =>
          compareTexts([a.adAccountId, a.target], [b.adAccountId, b.target]),
        ),
      ),
    forget: (adAccountId, target) => Promise.resolve(targets.delete(keyOf(adAccountId, target))),
    distrust: (adAccountId, target, at) => {
      const known = targets.get(keyOf(adAccountId, target));
      if (known !== undefined) put({ ...known, trustedSince: at });
      return Promise.resolve(known !== undefined);
    },
  };
}
