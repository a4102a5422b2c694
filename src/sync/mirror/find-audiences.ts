/** Which audiences a mirror compares, and since when what it knows of them counts. */
import type { Compared } from "../../delivery/delivered.js";
import {
  destinationOf,
  type Destination,
  type TargetFailure,
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
  const { sync, members, resolve, isMissing, trust } = options;
  const held = await members.audiences();
  const audiences: MirrorAudience[] = [];
  const found: FoundAudience[] = [];
  const failed = new Set<string>();
  const unreached = (target: string, failure: TargetFailure): Compared => {
    failed.add(target);
    return { kind: "unreached", target, failure };
  };
  for (const target of targets) {
    const resolution = await resolve(target);
    if (options.stopped()) return [];
    if (resolution.kind === "failed") {
      yield unreached(target, resolution.failure);
      continue;
    }
    const one = foundAudience({ target, resolution }, sync, held);
    found.push(one);
    if (one.kind === "refused") yield unreached(target, one.failure);
    else {
      const trustedSince = await trust(target, one.audienceId);
      audiences.push({ ...one, trustedSince, destination: destinationOf(resolution) });
    }
  }
  for (const vanished of vanishedAudiences(held, sync, found, failed)) {
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
