/** Which audiences a mirror compares, and since when what it knows of them counts. */
import { safeName } from "../../core/redact.js";
import type { Compared } from "../../delivery/delivered.js";
import {
  destinationOf,
  type Destination,
  type TargetResolution,
  type TargetResolver,
} from "../../planning/target.js";
import {
  foundAudience,
  vanishedAudiences,
  type FoundAudience,
} from "../../reconcile/compared-audiences.js";
import type { ComparedAudience, Members } from "../../store/members.js";

/** What finding audiences needs. */
export interface FindOptions {
  readonly sync: string;
  readonly members: Pick<Members, "audiences">;
  readonly resolve: TargetResolver;
  /** Whether Meta says that an audience is gone. */
  readonly isMissing: (audienceId: string) => Promise<boolean>;
  /** Since when what was acknowledged of an audience counts. */
  readonly trust: (target: string, audienceId: string | undefined) => Promise<number>;
  readonly stopped: () => boolean;
}

/** An audience that is compared, and where what is for it goes. */
export interface MirrorAudience extends ComparedAudience {
  readonly destination: Destination;
}

/** Finds the audiences of the targets that are wanted, and those that are not any more. */
export async function* findAudiences(
  targets: readonly string[],
  options: FindOptions,
): AsyncGenerator<Compared, readonly MirrorAudience[], undefined> {
  const { sync, members, isMissing, trust } = options;
  const held = await members.audiences();
  const audiences: MirrorAudience[] = [];
  const found: FoundAudience[] = [];
  const resolved = await resolveAll(targets, options);
  if (options.stopped()) return [];
  const sharedIds = idsOfSeveral(resolved);
  for (const [target, resolution] of resolved) {
    if (resolution.kind === "failed") {
      yield { kind: "unreached", target, failure: resolution.failure };
      continue;
    }
    const names = sharedIds.get(idOf(resolution) ?? "");
    const one =
      names === undefined
        ? foundAudience({ target, resolution }, sync, held)
        : sameAudience(target, idOf(resolution), names);
    found.push(one);
    if (one.kind === "refused") yield { kind: "unreached", target, failure: one.failure };
    else {
      const trustedSince = await trust(target, one.audienceId);
      audiences.push({ ...one, trustedSince, destination: destinationOf(resolution) });
    }
  }
  // What a name that leads nowhere means may be held under another one.
  const failed = resolved.some(([, { kind }]) => kind === "failed");
  for (const vanished of failed ? [] : vanishedAudiences(held, sync, found)) {
    const { target, audienceId } = vanished;
    // Nobody is in it, and nothing can be removed.
    if (await isMissing(audienceId)) yield { kind: "missing", target, audienceId };
    else {
      const destination = { id: audienceId, status: "registry" } as const;
      audiences.push({ ...vanished, trustedSince: 0, destination });
    }
    if (options.stopped()) return [];
  }
  return audiences;
}

type Resolved = readonly (readonly [target: string, resolution: TargetResolution])[];

async function resolveAll(
  targets: readonly string[],
  { resolve, stopped }: FindOptions,
): Promise<Resolved> {
  const resolved: (readonly [string, TargetResolution])[] = [];
  for (const target of targets) {
    if (stopped()) break;
    resolved.push([target, await resolve(target)]);
  }
  return resolved;
}

function idOf(resolution: TargetResolution): string | undefined {
  return resolution.kind === "resolved" ? resolution.id : undefined;
}

/** The names of each audience that goes by several. */
function idsOfSeveral(resolved: Resolved): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const [target, resolution] of resolved) {
    const id = idOf(resolution);
    if (id !== undefined) names.set(id, [...(names.get(id) ?? []), target]);
  }
  return new Map([...names].filter(([, all]) => all.length > 1));
}

/** To compare it with those under one of its names would remove those under the others. */
function sameAudience(
  target: string,
  audienceId: string | undefined,
  names: readonly string[],
): FoundAudience {
  const all = names.map((name) => `"${safeName(name)}"`).join(" and ");
  const message = `${all} are the same audience (${audienceId ?? ""}), so nobody knows who belongs in it. Use one name for it.`;
  const failure = { stops: "target", code: "target.same_audience", message } as const;
  return { kind: "refused", target, audienceId, failure };
}
