import type { Session } from "./session.js";

/** Since when acknowledgements of a logical target count. */
export type TrustOf = (target: string, audienceId: string | undefined) => Promise<number>;

type TrustParts = Pick<Session, "store" | "binding">;

/** Later than any acknowledgement, and a number that every store can hold. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Since when acknowledgements of a logical target count: as long as those of the audience that it is
 * count, whatever that was called when somebody said so; from ever for one that only the binding knows.
 * Of a target that is no audience yet none counts, since it will be new.
 */
export function trustedSince({ store, binding }: TrustParts): (target: string) => Promise<number> {
  return async (target) => {
    const known = await store.targets.find(binding.config.adAccountId, target);
    const audienceId = binding.targets.get(target) ?? known?.audienceId;
    if (audienceId === undefined) return NEVER;
    const named = (await store.targets.list()).filter((one) => one.audienceId === audienceId);
    return Math.max(0, ...named.map((one) => one.trustedSince));
  };
}

/**
 * The same, less what was acknowledged too long ago. Nothing has to be written down for that: what a run
 * leaves undone is older still in the next one, and what it has sent is new.
 */
export function agedTrust(
  trust: TrustOf,
  refreshAfterSeconds: number | undefined,
  now: number,
): TrustOf {
  if (refreshAfterSeconds === undefined) return trust;
  const oldest = now - refreshAfterSeconds * 1000;
  return async (...of) => Math.max(await trust(...of), oldest);
}

/**
 * From now on, and in later runs until it is done, nothing acknowledged before this run counts. An audience
 * that the binding maps is entered into the registry for that: by a name of its own, since which audience
 * the target's name is has been found out, or will be, for when the binding does not map it any more.
 */
export function refreshedTrust({ store, binding }: TrustParts, now: number): TrustOf {
  const { adAccountId } = binding.config;
  return async (target, audienceId) => {
    const known = await store.targets.find(adAccountId, target);
    const isKnown = audienceId === undefined || known?.audienceId === audienceId;
    const name = isKnown ? target : `${target} (${audienceId})`;
    if (!isKnown) {
      const mapped = { adAccountId, target: name, audienceId, createdByUs: false };
      await store.targets.remember({ ...mapped, at: now });
    }
    await store.targets.distrust(adAccountId, name, now);
    return now;
  };
}
