/** Target resolution: explicit mapping, registry, find at Meta, create. */
import type { Binding } from "../config/binding.js";
import { safeName, type Redactor } from "../core/redact.js";
import type { ListedAudience } from "../graph/audience-page.js";
import { createAudience, findAudiences, type AudienceLookup } from "../graph/audiences.js";
import { stopsOf } from "../graph/class-effects.js";
import type { GraphClient } from "../graph/client.js";
import type { FailedOutcome } from "../graph/outcome.js";
import type { TargetFailure, TargetResolution, TargetResolver } from "../planning/target.js";
import type { TargetRegistry } from "../store/target-registry.js";

/** What resolution needs of a run. */
export interface TargetOptions {
  readonly binding: Binding;
  /** Whether the mapping writes `LOOKALIKE_VALUE`, which only a value-based audience takes. */
  readonly valueBased: boolean;
  readonly registry: TargetRegistry;
  readonly client: GraphClient;
  readonly redact: Redactor;
}

/** The path of a pixel needs no resolution: its id is the target. */
export const resolvePixel: TargetResolver = (target) =>
  Promise.resolve({ kind: "resolved", id: target, status: "mapped" });

/** Resolves for a live run: what is not there is created, and remembered. */
export function liveTargets(options: TargetOptions): TargetResolver {
  const { binding, registry } = options;
  return async (target) => {
    const known = await knownTarget(target, options);
    if (known !== undefined) return known;
    const lookup = await lookUp(target, options);
    if (lookup.kind === "none") return createTarget(target, options);
    const resolution = resolutionOf(lookup, target);
    if (resolution.kind === "resolved")
      await registry.remember(binding.config.adAccountId, target, resolution.id);
    return resolution;
  };
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
  const id = await registry.find(binding.config.adAccountId, target);
  return id === undefined ? undefined : { kind: "resolved", id, status: "registry" };
}

function lookUp(name: string, options: TargetOptions): Promise<AudienceLookup> {
  const { binding, client, redact, valueBased } = options;
  const { adAccountId } = binding.config;
  return findAudiences(client, { adAccountId, name, valueBased }, redact);
}

async function createTarget(name: string, options: TargetOptions): Promise<TargetResolution> {
  const { binding, client, redact, registry, valueBased } = options;
  const { adAccountId, customerFileSource } = binding.config;
  const wanted = { adAccountId, name, valueBased, customerFileSource };
  const creation = await createAudience(client, wanted, redact);
  if (creation.kind === "failed") return failed(callFailure(creation.outcome));
  await registry.remember(adAccountId, name, creation.id);
  return { kind: "resolved", id: creation.id, status: "created" };
}

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

function callFailure(outcome: FailedOutcome): TargetFailure {
  const { evidence } = outcome;
  return {
    stops: stopsOf(outcome) === "run" ? "run" : "target",
    code: evidence.evidenceCode ?? "meta.unreadable",
    message: evidence.summary,
    evidence,
  };
}

function failed(failure: TargetFailure): TargetResolution {
  return { kind: "failed", failure };
}
