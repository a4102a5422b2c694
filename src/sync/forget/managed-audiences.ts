/** Every audience to which the syncs of a store have added people, whatever they know of them by now. */
import { safeName } from "../../core/redact.js";
import type { HeldAudience } from "../../store/members.js";
import { audienceOf } from "../../store/edge-of.js";
import type { Store } from "../../store/store.js";

/** An audience in which somebody may be. */
export interface ManagedAudience {
  /** Another one for each audience. */
  readonly target: string;
  readonly audienceId: string;
}

/** More requests than any store has. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * The audiences that are held, and those that people were sent to, by their latest names: what records
 * say is not kept, so that anybody may be in theirs.
 */
export async function managedAudiences(
  store: Pick<Store, "ledger" | "members">,
): Promise<readonly ManagedAudience[]> {
  const held = await store.members.audiences();
  const names = new Map(held.map(({ audienceId, target }) => [audienceId, target]));
  for (const { surface, operation, path, target } of await store.ledger.list({
    sent: true,
    limit: ALL,
  }))
    if (surface === "custom_audiences" && operation === "upsert") {
      const id = audienceOf(path);
      if (!names.has(id)) names.set(id, target);
    }
  const taken = new Set<string>();
  return [...names].sort(byNameAndId).map(([audienceId, name]) => {
    const target = taken.has(name) ? `${name} (${audienceId})` : name;
    taken.add(name);
    return { target, audienceId };
  });
}

/** Of some ids those that are of no audience to which people were sent from here. */
export async function unmanaged(
  ids: ReadonlySet<string>,
  store: Pick<Store, "ledger" | "members">,
): Promise<readonly string[]> {
  if (ids.size === 0) return [];
  const known = new Set((await managedAudiences(store)).map(({ audienceId }) => audienceId));
  return [...ids].filter((id) => !known.has(id));
}

function byNameAndId([id, name]: [string, string], [otherId, other]: [string, string]): number {
  if (name !== other) return name < other ? -1 : 1;
  return id < otherId ? -1 : 1;
}

/** The syncs that hold somebody; an audience that was released is nobody's. */
export function ownersOf(held: readonly HeldAudience[]): readonly string[] {
  const owners = held.flatMap(({ rows, owner }) =>
    rows > 0 && owner !== undefined ? [owner] : [],
  );
  return [...new Set(owners)].sort();
}

/** Why nobody can be removed from an audience. */
export function goneAudience({ target, audienceId }: ManagedAudience): string {
  return `the audience "${safeName(target)}" (${audienceId}) does not exist any more, or the token may not see it. If it is gone, say so: \`--gone ${audienceId}\`.`;
}
