/** Target resolution: explicit mapping, registry, find at Meta, create. */
import type { Binding } from "../config/binding.js";
import { failureCodeOf } from "../core/outcome.js";
import { safeName, type Redactor } from "../core/redact.js";
import type { Answer } from "../graph/answer.js";
import type { ListedAudience } from "../graph/listed-audience.js";
import { createAudience, findAudiences, type AudienceLookup } from "../graph/audiences.js";
import { mayBeApplied, stopsOf } from "../graph/class-effects.js";
import type { GraphClient } from "../graph/client.js";
import type { FailedOutcome } from "../graph/outcome.js";
import type { TargetFailure, TargetResolution, TargetResolver } from "../planning/target.js";
import type { TargetRegistry } from "../store/target-registry.js";
import { callsInTurn, pause, persistently, rest, type Persistence } from "./persistence.js";

/** What resolution needs of a run. */
export interface TargetOptions {
  readonly binding: Binding;
  /** Whether the mapping writes `LOOKALIKE_VALUE`, which only a value-based audience takes. */
  readonly valueBased: boolean;
  readonly registry: TargetRegistry;
  readonly client: GraphClient;
  readonly redact: Redactor;
  /** How calls wait for their turn and are tried again. */
  readonly persistence: Persistence;
}

/** The path of a pixel needs no resolution: its id is the target. */
export const resolvePixel: TargetResolver = (target) =>
  Promise.resolve({ kind: "resolved", id: target, status: "mapped" });

/**
 * Resolves for a live run: what is not there is created, and remembered. That a creation was begun is
 * noted first, so that after a lost answer the audience is looked for and not made twice.
 */
export function liveTargets(options: TargetOptions): TargetResolver {
  return (target) => liveTarget(target, options);
}

async function liveTarget(target: string, options: TargetOptions): Promise<TargetResolution> {
  return (await knownTarget(target, options)) ?? findOrCreate(target, options);
}

/** Resolves for a dry run: reads only, creates and remembers nothing; without a token it asks nobody. */
export function dryTargets(options: TargetOptions): TargetResolver {
  return async (target) => {
    const known = await knownTarget(target, options);
    if (known !== undefined) return known;
    if (!options.binding.credentials.accessToken.resolve().ok)
      return { kind: "open", status: "unresolved" };
    const lookup = await lookUp(target, options);
    return lookup.kind === "none"
      ? { kind: "open", status: "would_create" }
      : resolutionOf(lookup, target);
  };
}

async function knownTarget(
  target: string,
  { binding, registry }: TargetOptions,
): Promise<TargetResolution | undefined> {
  const mapped = binding.targets.get(target);
  if (mapped !== undefined) return { kind: "resolved", id: mapped, status: "mapped" };
  const id = (await registry.find(binding.config.adAccountId, target))?.audienceId;
  return id === undefined ? undefined : { kind: "resolved", id, status: "registry" };
}

async function findOrCreate(target: string, options: TargetOptions): Promise<TargetResolution> {
  const { binding, registry, persistence } = options;
  const { timeoutMs, retry, signal } = persistence;
  // Whoever noted it may have ended in the middle of a creation that Meta has not carried out yet.
  const begun = await registry.find(binding.config.adAccountId, target);
  if (begun !== undefined) await rest(begun.checkedAt + timeoutMs, persistence);
  const noted = { at: begun?.checkedAt };
  for (let creations = 0; ; creations += 1) {
    const lookup = await lookUp(target, options);
    const ours = begun !== undefined || creations > 0;
    if (lookup.kind !== "none") return remembered(lookup, target, ours, options);
    const creation = await persistently(
      () => create(target, noted, options),
      ({ outcome }) => (outcome !== undefined && mayBeApplied(outcome) ? undefined : outcome),
      persistence,
    );
    // The audience is theirs to make.
    if (creation.kind === "overtaken") return liveTarget(target, options);
    if (creation.kind === "found") return remembered(creation, target, true, options);
    const again = creations + 1 < retry.maxAttempts && !signal.aborted;
    if (!again || !mayBeApplied(creation.outcome) || creation.outcome.kind === "rejected")
      return failed(callFailure(creation.outcome));
    await pause(creations + 1, persistence);
    // Looked up earlier, the audience might not be there yet, and be created twice.
    if (creation.outcome.kind === "unknown") await rest(creation.at + timeoutMs, persistence);
  }
}

async function remembered(
  found: Exclude<AudienceLookup, { kind: "none" }>,
  target: string,
  ours: boolean,
  { binding, registry, persistence }: TargetOptions,
): Promise<TargetResolution> {
  const resolution = resolutionOf(found, target);
  if (resolution.kind !== "resolved") return resolution;
  await registry.remember({
    adAccountId: binding.config.adAccountId,
    target,
    audienceId: resolution.id,
    createdByUs: ours,
    at: persistence.clock(),
  });
  return ours ? { ...resolution, status: "created" } : resolution;
}

function lookUp(name: string, options: TargetOptions): Promise<AudienceLookup> {
  const { binding, redact, valueBased, persistence } = options;
  const { adAccountId } = binding.config;
  const client = callsInTurn(options.client, persistence);
  return persistently(
    () => findAudiences(client, { adAccountId, name, valueBased }, redact),
    (lookup) => (lookup.kind === "failed" ? lookup.outcome : undefined),
    persistence,
  );
}

/** @param noted when what the registry has of the name was noted, as far as this run knows */
async function create(
  name: string,
  noted: { at: number | undefined },
  options: TargetOptions,
): Promise<Creation> {
  const { binding, client, redact, valueBased, registry, persistence } = options;
  const { adAccountId, customerFileSource } = binding.config;
  const made = { at: persistence.clock(), overtaken: false };
  const noting: GraphClient = {
    ...client,
    createAudience: async (...of) => {
      made.at = persistence.clock();
      made.overtaken = !(await registry.creating(adAccountId, name, made.at, noted.at));
      if (made.overtaken) return NOT_MADE;
      noted.at = made.at;
      return client.createAudience(...of);
    },
  };
  const wanted = { adAccountId, name, valueBased, customerFileSource };
  const creation = await createAudience(callsInTurn(noting, persistence), wanted, redact);
  if (made.overtaken) return { kind: "overtaken", outcome: undefined };
  return creation.kind === "failed"
    ? { ...creation, at: made.at }
    : { kind: "found", id: creation.id, outcome: undefined };
}

const NOT_MADE: Answer = {
  kind: "no_answer",
  reason: "never_connected",
  detail: "another run creates the audience",
};

/** What one attempt at creating an audience came to. */
type Creation =
  | { readonly kind: "found"; readonly id: string; readonly outcome: undefined }
  /** Not made: another run of this store has begun to create it, or has found it. */
  | { readonly kind: "overtaken"; readonly outcome: undefined }
  /** `at`: when it left. */
  | { readonly kind: "failed"; readonly at: number; readonly outcome: FailedOutcome };

function resolutionOf(
  lookup: Exclude<AudienceLookup, { kind: "none" }>,
  target: string,
): TargetResolution {
  switch (lookup.kind) {
    case "found":
      return { kind: "resolved", id: lookup.id, status: "found" };
    case "failed":
      return failed(callFailure(lookup.outcome));
    case "several":
      return failed({
        stops: "target",
        code: "target.several",
        message: `several audiences are named "${target}": ${lookup.ids.join(", ")}. Say under \`targets\` which id is meant.`,
      });
    case "wrong_subtype":
      return failed({
        stops: "target",
        code: "target.wrong_subtype",
        message: `the only audience named "${target}" takes no uploads: ${listed(lookup.audiences)}. Use another name, or say under \`targets\` which id is meant.`,
      });
    case "not_value_based":
      return failed({
        stops: "target",
        code: "target.not_value_based",
        message: `the audience "${target}" (${lookup.id}) is not value-based, and the mapping writes LOOKALIKE_VALUE. Use another name, and a value-based audience is created.`,
      });
  }
}

function listed(audiences: readonly ListedAudience[]): string {
  return audiences
    .map(({ id, subtype }) => `${id} (${safeName(subtype ?? "no subtype")})`)
    .join(", ");
}

/** What a call about an audience that failed keeps from being sent. */
export function callFailure(outcome: FailedOutcome): TargetFailure {
  const { evidence } = outcome;
  return {
    stops: stopsOf(outcome) === "run" ? "run" : "target",
    code: failureCodeOf(evidence),
    message: evidence.summary,
    evidence,
  };
}

function failed(failure: TargetFailure): TargetResolution {
  return { kind: "failed", failure };
}
