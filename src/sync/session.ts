/** What a run talks through: a client for a binding, a store, and the redaction of both. */
import type { Binding } from "../config/binding.js";
import type { Clock, Transport } from "../core/ports.js";
import { createRedactor, type Redactor } from "../core/redact.js";
import type { DeliveryOptions } from "../delivery/deliver.js";
import { dryTargets, liveTargets, resolvePixel } from "../delivery/resolve-target.js";
import { requestSender } from "../delivery/send-request.js";
import { stopsOf } from "../graph/class-effects.js";
import { createGraphClient, type GraphClient } from "../graph/client.js";
import { writesValue } from "../mapping/compile.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { TargetResolver } from "../planning/target.js";
import type { Store } from "../store/store.js";

/** A binding that is ready to talk; nothing is sent and no token resolved by having one. */
export interface Session {
  readonly binding: Binding;
  readonly client: GraphClient;
  readonly store: Store;
  readonly redact: Redactor;
}

/** The parts of the world that a session takes. */
export interface SessionParts {
  readonly store: Store;
  readonly clock: Clock;
  /** The real `fetch` when missing. */
  readonly transport: Transport | undefined;
}

/** Makes the session of a binding. */
export function openSession(binding: Binding, { store, clock, transport }: SessionParts): Session {
  const { accessToken } = binding.credentials;
  const client = createGraphClient({
    accessToken: () => accessToken.resolve(),
    apiVersion: binding.config.apiVersion,
    clock,
    ...(transport === undefined ? {} : { transport }),
  });
  return { binding, client, store, redact: createRedactor(() => accessToken.liveSecrets()) };
}

/** How the targets of a run are resolved: a dry run reads, a live one also creates. */
export function targetResolver(
  mapping: CheckedMapping,
  session: Session,
  mode: "dry" | "live",
): TargetResolver {
  if (mapping.surface === "events") return resolvePixel;
  const { binding, client, redact, store } = session;
  const options = {
    binding,
    client,
    redact,
    registry: store.targets,
    valueBased: writesValue(mapping),
  };
  return mode === "live" ? liveTargets(options) : dryTargets(options);
}

/** How a session delivers. */
export function deliveryOptions({ binding, client, redact }: Session): DeliveryOptions {
  return {
    send: requestSender(client, redact),
    stops: stopsOf,
    concurrency: binding.concurrency,
    onFailure: binding.onFailure,
  };
}
