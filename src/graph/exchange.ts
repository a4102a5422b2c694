/** One HTTP exchange: token, time limit, transport, body. The one way in which anything is sent. */
import type { Diagnostic } from "../core/diagnostic.js";
import type { Clock, Sleep, Transport } from "../core/ports.js";
import type { Result } from "../core/result.js";
import { ORIGIN } from "../generated/constants.js";
import { readAnswer, type Answer } from "./answer.js";
import { withDeadline } from "./deadline.js";
import { readLostAnswer } from "./lost-answer.js";
import { readBody } from "./read-body.js";

/**
 * Finds the access token, one word of printable ASCII; asked each time a request is about to leave,
 * and at no other time.
 */
export type AccessToken = () => Result<string, Diagnostic> | Promise<Result<string, Diagnostic>>;

/** What every exchange needs of the world. */
export interface ExchangeOptions {
  readonly transport: Transport;
  readonly accessToken: AccessToken;
  /** For the whole exchange, up to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly sleep: Sleep;
}

/** Makes a request that listens to the signal; without auth, which is added when it leaves. */
export type RequestMaker = (signal: AbortSignal) => Request | Promise<Request>;

/** Sends one request and reads what comes back; every failure is an answer. */
export async function exchange(make: RequestMaker, options: ExchangeOptions): Promise<Answer> {
  const token = await options.accessToken();
  if (!token.ok) return { kind: "not_sent", problem: token.error };
  // The request is made out here, so that a bug in making it is not taken for a lost answer.
  const controller = new AbortController();
  const request = await make(controller.signal);
  requireOrigin(request);
  request.headers.set("authorization", `Bearer ${token.value}`);
  try {
    return await withDeadline(options.timeoutMs, controller, options.sleep, () =>
      ask(request, options),
    );
  } catch (error) {
    return { kind: "no_answer", ...readLostAnswer(error) };
  }
}

async function ask(request: Request, { transport, clock }: ExchangeOptions): Promise<Answer> {
  const response = await transport(request);
  return readAnswer(response, await readBody(response), clock());
}

/** The token must not travel to anybody else, whatever a path looks like. */
function requireOrigin(request: Request): void {
  if (new URL(request.url).origin !== ORIGIN)
    throw new TypeError(`a request leaves for \`${ORIGIN}\` only`);
}
