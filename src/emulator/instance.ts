import { isJsonObject, ownValue, parseJson } from "../core/json.js";
import type { Transport } from "../core/ports.js";
import { fail, ok, type Result } from "../core/result.js";
import { STATE_PATH } from "./emulator.js";

/** Why an emulator does not tell which one it is. */
export interface InstanceFault {
  readonly code: "emulator.unreachable";
  readonly message: string;
  readonly remedy: string;
}

/**
 * Asks an emulator for its instance id: what one holds is not what another holds.
 *
 * @param url where it listens, on loopback
 * @param fetch the global one when missing
 */
export async function askInstanceId(
  url: string,
  fetch: Transport = (request) => globalThis.fetch(request),
): Promise<Result<string, InstanceFault>> {
  const text = await fetch(new Request(new URL(`${STATE_PATH}?summary=1`, url)))
    .then((response) => response.text())
    .catch(() => "");
  const body = parseJson(text);
  const id = body.ok && isJsonObject(body.value) ? ownValue(body.value, "instanceId") : undefined;
  if (typeof id === "string") return ok(id);
  return fail({
    code: "emulator.unreachable",
    message: `no emulator answers at ${new URL(url).origin}`,
    remedy: "Start one with `retl-meta emulator`, or check the URL.",
  });
}
