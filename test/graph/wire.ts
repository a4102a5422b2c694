import { createRedactor } from "../../src/core/redact.js";
import type { Transport } from "../../src/core/ports.js";
import { ok } from "../../src/core/result.js";
import { createGraphClient, type GraphClient } from "../../src/graph/client.js";
import type { Outcome } from "../../src/core/outcome.js";
import { outcomeOf, type Sent } from "../../src/graph/outcome.js";

/** The synthetic access token of these tests: what must be found in no output. */
export const TOKEN = "planted-token-7c1f";

export const redact = createRedactor(() => [TOKEN]);

/** 2026-05-04T12:00:00Z. */
export const NOW = 1_777_896_000_000;

/** A client that sends through a transport of the test, or through the global `fetch`. */
export function clientWith(transport?: Transport, timeoutMs = 60_000): GraphClient {
  return createGraphClient({
    accessToken: () => ok(TOKEN),
    clock: () => NOW,
    timeoutMs,
    ...(transport === undefined ? {} : { transport }),
  });
}

/** A transport that gives the same answer to everything. */
export function answering(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Transport {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return () => Promise.resolve(new Response(text, { status, headers }));
}

/** The answer of a client whose transport answers like this. */
export function answerTo(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ReturnType<GraphClient["send"]> {
  return clientWith(answering(status, body, headers)).send(USERS_REQUEST);
}

export const USERS_REQUEST = {
  method: "POST",
  path: "/v25.0/123/users",
  body: Buffer.from('{"payload":{"schema":["EMAIL"],"data":[["a"],["b"]]}}'),
} as const;

/** Two rows of two records for the audience "VIP". */
export const SENT_ROWS: Sent = {
  surface: "custom_audiences",
  target: "VIP",
  fingerprint: "f0",
  recordCount: 2,
  itemCount: 2,
  ids: ["123"],
};

/** Five events for a pixel. */
export const SENT_EVENTS: Sent = {
  surface: "events",
  target: "456",
  fingerprint: "f1",
  recordCount: 5,
  itemCount: 5,
  ids: ["456"],
};

/** An error as Meta sends it. */
export function graphError(code: number, more: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    error: {
      message: `(#${String(code)}) Something is wrong`,
      type: "OAuthException",
      code,
      fbtrace_id: "AbCdEf123",
      ...more,
    },
  };
}

/** The outcome of an answer like this to two rows for "VIP", or to something else. */
export async function outcomeTo(
  status: number,
  body: unknown,
  sent: Sent = SENT_ROWS,
  headers: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return outcomeOf(await answerTo(status, body, headers), sent, redact);
}
