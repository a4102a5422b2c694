/** What the emulator of another process holds. */
import {
  isJsonArray,
  isJsonObject,
  parseJson,
  type Json,
  type JsonObject,
} from "../../src/core/json.js";
import { STATE_PATH } from "../../src/emulator/emulator.js";

/** What a pixel holds. */
export interface HeldEvents {
  /** Events that count. */
  readonly stored: Json | undefined;
  /** Repeats that it dropped. */
  readonly duplicates: number;
  /** Of all that count, in order of their text. */
  readonly ids: readonly string[];
}

/** The whole state, as JSON. */
export async function emulatorState(url: string): Promise<JsonObject> {
  const response = await fetch(`${url}${STATE_PATH}`);
  const parsed = parseJson(await response.text());
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error("the emulator gave no state");
  return parsed.value;
}

/** The objects of a list. */
export function objects(list: Json | undefined): readonly JsonObject[] {
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

/** What one pixel holds; nothing when it was never told anything. */
export async function heldEvents(url: string, pixel: string): Promise<HeldEvents> {
  const { pixels } = await emulatorState(url);
  const found = objects(pixels).find(({ id }) => id === pixel);
  const counts = found?.["counts"];
  return {
    stored: found?.["stored"],
    duplicates: isJsonObject(counts) ? Number(counts["duplicates"]) : 0,
    ids: objects(found?.["events"])
      .map(({ event_id: id }) => (typeof id === "string" ? id : ""))
      .sort(),
  };
}
