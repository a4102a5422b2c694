import { nearName } from "../core/near-name.js";
import type { RegisteredTarget } from "../store/target-registry.js";

/** What a name on the command line means. */
export type TargetSearch =
  | { readonly kind: "found"; readonly target: RegisteredTarget }
  /** Ad accounts that know the name, where the one that was given does not, or none was given. */
  | { readonly kind: "elsewhere" | "several"; readonly accounts: readonly string[] }
  | { readonly kind: "unknown"; readonly near: string | undefined };

/** Finds a target by its name, and by its ad account where several have it. */
export function findTarget(
  known: readonly RegisteredTarget[],
  name: string,
  account: string | undefined,
): TargetSearch {
  const named = known.filter(({ target }) => target === name);
  const [found, ...others] = named.filter(
    ({ adAccountId }) => account === undefined || adAccountId === account,
  );
  const accounts = named.map(({ adAccountId }) => adAccountId);
  if (found !== undefined)
    return others.length === 0 ? { kind: "found", target: found } : { kind: "several", accounts };
  if (accounts.length > 0) return { kind: "elsewhere", accounts };
  return { kind: "unknown", near: nearName(name, new Set(known.map(({ target }) => target))) };
}
