import type { JsonObject } from "../../core/json.js";
import { OPERATION_STATUS } from "../world/audience.js";

const DESCRIPTIONS: ReadonlyMap<number, string> = new Map([
  [OPERATION_STATUS.normal, "Normal"],
  [OPERATION_STATUS.nothingUploaded, "Nothing uploaded yet"],
  [OPERATION_STATUS.replacing, "A replace is in progress"],
  [OPERATION_STATUS.replaceFailed, "A replace failed"],
  [OPERATION_STATUS.flagged, "Flagged"],
]);

/** `operation_status` of an audience; a seeded code that the emulator does not act on is only shown. */
export function operationStatus(code: number): JsonObject {
  return { code, description: DESCRIPTIONS.get(code) ?? `Status ${String(code)}` };
}

/**
 * `delivery_status` of an audience. Meta does not publish how many people it needs; here an
 * audience is too small when it holds nobody.
 */
export function deliveryStatus(held: number): JsonObject {
  return held > 0
    ? { code: 200, description: "Ready" }
    : { code: 300, description: "Too small to deliver" };
}
