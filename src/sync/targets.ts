/** How the targets of a run are resolved, and whose limits its calls count against. */
import { liveTargets, dryTargets, resolvePixel } from "../delivery/resolve-target.js";
import { callsInTurn, persistently } from "../delivery/persistence.js";
import type { Pacer } from "../delivery/pacer.js";
import {
  readAudienceState,
  type AudienceState,
  type ReadAudience,
} from "../graph/audience-state.js";
import { isGone } from "../graph/audiences.js";
import type { GraphClient } from "../graph/client.js";
import { writesValue } from "../mapping/compile.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { RequestPlan } from "../planning/request-plan.js";
import type { TargetFailure, TargetResolver } from "../planning/target.js";
import { ownedByAnother, ownerOf } from "../reconcile/compared-audiences.js";
import { audienceOf } from "../store/edge-of.js";
import type { Members } from "../store/members.js";
import type { ResolvingOptions } from "./resolving-options.js";
import type { Session } from "./session.js";

/** A dry run reads, a live one also creates. */
export function targetResolver(
  mapping: CheckedMapping,
  session: Session,
  mode: "dry" | "live",
  resolving: ResolvingOptions,
): TargetResolver {
  if (mapping.surface === "events") return resolvePixel;
  const { binding, redact, store } = session;
  const options = {
    ...audienceCalls(session, resolving),
    binding,
    redact,
    registry: store.targets,
    valueBased: writesValue(mapping),
  };
  return mode === "live" ? liveTargets(options) : dryTargets(options);
}

/**
 * The same for records that are sent one after the other. An audience that a mirror keeps is not theirs:
 * the mirror would not know what they did there.
 */
export function operationsResolver(
  mapping: CheckedMapping,
  session: Session,
  mode: "dry" | "live",
  resolving: ResolvingOptions,
): TargetResolver {
  const resolve = targetResolver(mapping, session, mode, resolving);
  if (mapping.surface === "events") return resolve;
  const { members } = session.store;
  return async (target) => {
    const resolution = await resolve(target);
    if (resolution.kind !== "resolved") return resolution;
    const { id } = resolution;
    const owner = ownerOf(id, await members.audiences());
    if (owner === undefined) return resolution;
    return { kind: "failed", failure: ownedByAnother(target, id, owner) };
  };
}

/**
 * Bars the audiences that a mirror keeps by the time that a request to them is written down. It may have
 * begun with one since that was resolved; the mirror that comes later finds the request.
 */
export function keptAudiences(
  members: Pick<Members, "keeperOf">,
): (request: RequestPlan) => Promise<TargetFailure | undefined> {
  return async ({ surface, target, path }) => {
    if (surface === "events") return undefined;
    const id = audienceOf(path);
    const keeper = await members.keeperOf(id);
    return keeper === undefined ? undefined : ownedByAnother(target, id, keeper);
  };
}

/** Reads audiences before anything is sent to them; a dry run without a token asks nobody. */
export function audienceReader(
  session: Session,
  mode: "dry" | "live",
  resolving: ResolvingOptions,
): (audience: ReadAudience) => Promise<AudienceState> {
  const { redact, binding } = session;
  const { client, persistence } = audienceCalls(session, resolving);
  const inTurn = callsInTurn(client, persistence);
  return async (audience) => {
    if (mode === "dry" && !binding.credentials.accessToken.resolve().ok)
      return { kind: "ready", isReplaceable: true };
    return persistently(
      () => readAudienceState(inTurn, audience, redact),
      (state) => (state.kind === "failed" ? state.outcome : undefined),
      persistence,
    );
  };
}

/** Asks Meta whether an audience that cannot be read is gone; where nobody can tell, it is not. */
export function goneAudiences(
  session: Session,
  resolving: ResolvingOptions,
): (audienceId: string) => Promise<boolean> {
  const { client, persistence } = audienceCalls(session, resolving);
  const inTurn = callsInTurn(client, persistence);
  const { adAccountId } = session.binding.config;
  return (audienceId) => isGone(inTurn, adAccountId, audienceId);
}

function audienceCalls(
  { client, binding, clock, sleep, random, retry, timeoutMs }: Session,
  { pacer, signal, onWait }: ResolvingOptions,
) {
  const paceKey = binding.config.adAccountId;
  return {
    client: noting(client, pacer, paceKey),
    persistence: { pacer, paceKey, clock, sleep, random, retry, timeoutMs, signal, onWait },
  };
}

/** Users requests count against their ad account, events against their pixel. */
export function paceKeyOf({ binding }: Session): (request: RequestPlan) => string {
  return ({ surface, target }) => (surface === "events" ? target : binding.config.adAccountId);
}

/** A client whose answers about audiences the pacer hears of. */
function noting(client: GraphClient, pacer: Pacer, key: string): GraphClient {
  const noted = async (answer: ReturnType<GraphClient["send"]>) => {
    const heard = await answer;
    if ("usage" in heard) pacer.note(key, heard.usage);
    return heard;
  };
  return {
    send: (request) => noted(client.send(request)),
    listAudiences: (account, listing) => noted(client.listAudiences(account, listing)),
    readAudience: (id, fields) => noted(client.readAudience(id, fields)),
    createAudience: (account, body) => noted(client.createAudience(account, body)),
  };
}
