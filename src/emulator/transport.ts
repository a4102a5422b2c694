import type { Transport } from "../core/ports.js";
import { fail, ok, type Result } from "../core/result.js";
import { ORIGIN } from "../generated/constants.js";
import type { Emulator } from "./emulator.js";
import { isLoopback } from "./loopback.js";

/** Stands where the token would: an emulator takes any, and the real one is not for it. */
export const EMULATOR_TOKEN = "emulator";

/** Hands every request for Meta straight to an emulator in this process. */
export function emulatorTransport(emulator: Pick<Emulator, "handle">): Transport {
  return async (request) => {
    pathBelowOrigin(request);
    request.signal.throwIfAborted();
    return emulator.handle(request);
  };
}

/** Why a URL is no emulator's. */
export interface RedirectRefusal {
  readonly code: "emulator.not_loopback";
  readonly message: string;
  readonly remedy: string;
}

/**
 * Sends every request for Meta to an emulator on this machine instead. Any other machine is
 * refused: audiences and events of real people belong to Meta or stay here.
 *
 * @param url where the emulator listens, `http://127.0.0.1:4025`
 * @param fetch the transport below, which sees the emulator's URL; the global one when missing
 */
export function redirectTransport(
  url: string,
  fetch: Transport = (request) => globalThis.fetch(request),
): Result<Transport, RedirectRefusal> {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base === undefined || !isLoopback(base)) return fail(NOT_LOOPBACK);
  return ok(async (request) => {
    // Put together as text: a path that starts with two slashes would name another host.
    const target = `${base.origin}${pathBelowOrigin(request)}`;
    return fetch(new Request(target, request));
  });
}

const NOT_LOOPBACK: RedirectRefusal = {
  code: "emulator.not_loopback",
  message: "the emulator's URL is not an `http` URL of this machine",
  remedy: "Give a URL like `http://127.0.0.1:4025`; the emulator listens on loopback only.",
};

/** A request for anywhere else is a bug: nothing but Meta may be asked through these transports. */
function pathBelowOrigin(request: Request): string {
  const url = new URL(request.url);
  if (url.origin !== ORIGIN) throw new TypeError(`the emulator stands in for \`${ORIGIN}\` only`);
  return `${url.pathname}${url.search}`;
}
