/** Which audiences a run may compare: those that it wants people in, and those that it put people in. */
import { safeName } from "../core/redact.js";
import type { TargetFailure, TargetResolution } from "../planning/target.js";
import type { HeldAudience, TakenAudience } from "../store/members.js";

/** A target that the source names, and what it was resolved to. */
export interface WantedAudience {
  readonly target: string;
  readonly resolution: Exclude<TargetResolution, { readonly kind: "failed" }>;
}

/** An audience as a run finds it. */
export type FoundAudience =
  | { readonly kind: "compared"; readonly target: string; readonly audienceId: string | undefined }
  /** Another sync's, or one that goes by several names. */
  | {
      readonly kind: "refused";
      readonly target: string;
      readonly audienceId: string | undefined;
      readonly failure: TargetFailure;
    };

/** The audience of a wanted target, unless it belongs to another sync: two would undo each other. */
export function foundAudience(
  { target, resolution }: WantedAudience,
  sync: string,
  held: readonly HeldAudience[],
): FoundAudience {
  const audienceId = resolution.kind === "resolved" ? resolution.id : undefined;
  const owner = ownerOf(audienceId, held) ?? sync;
  return owner === sync
    ? { kind: "compared", target, audienceId }
    : {
        kind: "refused",
        target,
        audienceId,
        failure: ownedByAnother(target, audienceId ?? "", owner),
      };
}

/** The sync that keeps an audience; once nobody is held in it, it is free for others. */
export function ownerOf(
  audienceId: string | undefined,
  held: readonly HeldAudience[],
): string | undefined {
  const found = held.find((one) => one.audienceId === audienceId);
  return found === undefined || found.rows === 0 ? undefined : found.owner;
}

/** Why nobody else changes an audience. */
export function ownedByAnother(target: string, audienceId: string, owner: string): TargetFailure {
  return {
    stops: "target",
    code: "target.owned",
    message: `the audience "${safeName(target)}" (${audienceId}) is kept by the sync \`${owner}\`, and two syncs would remove each other's people. Let one sync name everybody who belongs in it, or use another audience; if \`${owner}\` was only renamed, \`targets release ${audienceId}\` lets the next sync take it over.`,
  };
}

/** Why a sync leaves an audience alone that is another's by the time it would begin with it. */
export function takenByAnother({ kind, target, audienceId, sync }: TakenAudience): TargetFailure {
  if (kind === "kept") return ownedByAnother(target, audienceId, sync);
  return {
    stops: "target",
    code: "target.in_use",
    message: `a run of \`${sync}\` that goes on is changing the audience "${safeName(target)}" (${audienceId}), and this sync would not learn of that. Run it again once that run has ended; if \`${sync}\` is to change this audience later on, let one sync name everybody who belongs in it, or use another audience.`,
  };
}

/** An audience that its sync wants nobody in any more. */
export interface VanishedAudience {
  readonly target: string;
  readonly audienceId: string;
}

/**
 * The audiences of a sync that its source wants nobody in any more. One whose name is wanted, but is
 * another audience by now, goes by its name and id. Only when all names lead somewhere is it known that
 * none of them means it.
 */
export function vanishedAudiences(
  held: readonly HeldAudience[],
  sync: string,
  found: readonly FoundAudience[],
): readonly VanishedAudience[] {
  const ids = new Set(found.map(({ audienceId }) => audienceId));
  const names = new Set(found.map(({ target }) => target));
  return held
    .filter(({ owner, rows, audienceId }) => owner === sync && rows > 0 && !ids.has(audienceId))
    .map(({ target, audienceId }) => {
      const name = names.has(target) ? `${target} (${audienceId})` : target;
      names.add(name);
      return { target: name, audienceId };
    });
}
