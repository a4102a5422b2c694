/** Which audiences a mirror compares, and since when what it knows of them counts. */
import { safeName } from "../../core/redact.js";
import type { Compared } from "../../delivery/delivered.js";
import type { AudienceState, ReadAudience } from "../../graph/audience-state.js";
import {
  destinationOf,
  type Destination,
  type TargetFailure,
  type TargetResolution,
  type TargetResolver,
} from "../../planning/target.js";
import {
  foundAudience,
  vanishedAudiences,
  type FoundAudience,
  type VanishedAudience,
} from "../../reconcile/compared-audiences.js";
import type { ComparedAudience, Members } from "../../store/members.js";
import type { MirrorRules } from "./mirror-rules.js";
import { stateFailure } from "./state-failure.js";

/** What finding audiences needs. */
export interface FindOptions {
  readonly sync: string;
  readonly members: Pick<Members, "audiences">;
  readonly resolve: TargetResolver;
  /** Asks Meta for an audience. */
  readonly read: (audience: ReadAudience) => Promise<AudienceState>;
  /** Asks Meta whether an audience that cannot be read is gone. */
  readonly isGone: (audienceId: string) => Promise<boolean>;
  /** Whether Meta refused what was sent to replace everybody in an audience, and nobody was sent there since. */
  readonly isReplaceRefused: (audienceId: string) => Promise<boolean>;
  /** Since when what was acknowledged of an audience counts. */
  readonly trust: (target: string, audienceId: string | undefined) => Promise<number>;
  readonly stopped: () => boolean;
  readonly rules: Pick<MirrorRules, "mode">;
}

/** An audience that is compared, and where what is for it goes. */
export interface MirrorAudience extends ComparedAudience {
  readonly destination: Destination;
}

/**
 * Finds the audiences of the targets that are wanted, and those that are not any more. Each that was
 * there before is read: one that takes no uploads is left as it is, before anything is sent.
 */
export async function* findAudiences(
  targets: readonly string[],
  options: FindOptions,
): AsyncGenerator<Compared, readonly MirrorAudience[], undefined> {
  const held = await options.members.audiences();
  const audiences: MirrorAudience[] = [];
  const found: FoundAudience[] = [];
  const resolved = await resolveAll(targets, options);
  const sharedIds = idsOfSeveral(resolved);
  for (const [target, resolution] of resolved) {
    if (options.stopped()) return [];
    if (resolution.kind === "failed") {
      yield { kind: "unreached", target, failure: resolution.failure };
      continue;
    }
    const names = sharedIds.get(idOf(resolution) ?? "");
    const one =
      names === undefined
        ? foundAudience({ target, resolution }, options.sync, held)
        : sameAudience(target, idOf(resolution), names);
    found.push(one);
    if (one.kind === "refused") {
      yield { kind: "unreached", target, failure: one.failure };
      continue;
    }
    const { audienceId } = one;
    // A refresh counts for one that cannot be reached now, too: a later run completes it.
    const trustedSince = await options.trust(target, audienceId);
    const looked = await lookedAt(target, resolution, options);
    if (looked.kind === "refused") yield { kind: "unreached", target, failure: looked.failure };
    else {
      const replaces = looked.isReplaceable && (await mayReplace(audienceId, options));
      const destination = destinationOf(resolution);
      audiences.push({ target, audienceId, trustedSince, replaces, destination });
    }
  }
  // What a name that leads nowhere means may be held under another one.
  const isKnown = resolved.every(([, { kind }]) => kind !== "failed");
  const vanished = isKnown ? vanishedAudiences(held, options.sync, found) : [];
  return [...audiences, ...(yield* findVanished(vanished, options))];
}

/** Those that nobody is wanted in any more; of one that is gone nobody can be removed. */
async function* findVanished(
  vanished: readonly VanishedAudience[],
  { read, isGone, stopped }: FindOptions,
): AsyncGenerator<Compared, readonly MirrorAudience[], undefined> {
  const audiences: MirrorAudience[] = [];
  for (const { target, audienceId } of vanished) {
    if (stopped()) return [];
    const state = await read({ target, audienceId });
    if (state.kind === "missing" && (await isGone(audienceId)))
      yield { kind: "missing", target, audienceId };
    else if (state.kind !== "ready")
      yield { kind: "unreached", target, failure: stateFailure(state, target, "registry") };
    else {
      const destination = { id: audienceId, status: "registry" } as const;
      audiences.push({ target, audienceId, trustedSince: 0, destination });
    }
  }
  return audiences;
}

/** What Meta shows of an audience that is there; in one that was just made, or will be, nobody is replaced. */
async function lookedAt(
  target: string,
  resolution: Exclude<TargetResolution, { readonly kind: "failed" }>,
  { read }: FindOptions,
): Promise<
  | Extract<AudienceState, { readonly kind: "ready" }>
  | { readonly kind: "refused"; readonly failure: TargetFailure }
> {
  if (resolution.kind === "open" || resolution.status === "created")
    return { kind: "ready", isReplaceable: false };
  const state = await read({ target, audienceId: resolution.id });
  if (state.kind === "ready") return state;
  return { kind: "refused", failure: stateFailure(state, target, resolution.status) };
}

/** What Meta refused in a replace is found by adding and removing once. */
async function mayReplace(
  audienceId: string | undefined,
  { rules, isReplaceRefused }: Pick<FindOptions, "rules" | "isReplaceRefused">,
): Promise<boolean> {
  if (rules.mode !== "replace" || audienceId === undefined) return false;
  return !(await isReplaceRefused(audienceId));
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
