/** What a run talks through: a client for a binding, a store, and the redaction of both. */
import { hostname } from "node:os";
import type { Binding } from "../config/binding.js";
import type { Clock, Random, Sleep, Transport } from "../core/ports.js";
import { createRedactor, type Redactor } from "../core/redact.js";
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from "../delivery/retry-policy.js";
import { DEFAULT_TIMEOUT_MS } from "../graph/caller.js";
import { createGraphClient, type GraphClient } from "../graph/client.js";
import { sleepFor } from "../graph/sleep.js";
import type { Store } from "../store/store.js";
import type { ResolvingOptions } from "./resolving-options.js";

/** A binding that is ready to talk; nothing is sent and no token resolved by having one. */
export interface Session {
  readonly binding: Binding;
  readonly client: GraphClient;
  readonly store: Store;
  readonly redact: Redactor;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: Random;
  readonly retry: RetryPolicy;
  /** For one exchange, in ms. */
  readonly timeoutMs: number;
  /** The process that runs, for people. */
  readonly holder: string;
  /** How several runs in a row wait: what Meta stated in one of them holds for the next. Else each has its own. */
  readonly resolving?: ResolvingOptions;
}

/** The parts of the world that a session takes; what is missing is the real one. */
export interface SessionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly transport?: Transport | undefined;
  /** Lets waits between requests pass. */
  readonly sleep?: Sleep;
  /** Lets the time limits of exchanges pass. */
  readonly timer?: Sleep;
  readonly random?: Random;
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  readonly holder?: string;
}

/** Makes the session of a binding. */
export function openSession(binding: Binding, parts: SessionParts): Session {
  const { accessToken } = binding.credentials;
  const { transport, timeoutMs = DEFAULT_TIMEOUT_MS, timer = sleepFor, clock } = parts;
  const client = createGraphClient({
    accessToken: () => accessToken.resolve(),
    apiVersion: binding.config.apiVersion,
    clock,
    sleep: timer,
    timeoutMs,
    ...(transport === undefined ? {} : { transport }),
  });
  return {
    binding,
    client,
    store: parts.store,
    redact: createRedactor(() => accessToken.liveSecrets()),
    clock,
    sleep: parts.sleep ?? sleepFor,
    random: parts.random ?? Math.random,
    retry: parts.retry ?? DEFAULT_RETRY_POLICY,
    timeoutMs,
    holder: parts.holder ?? `process ${String(process.pid)} on ${hostname()}`,
  };
}
