import type { JsonObject } from "../core/json.js";
import type { Evidence } from "../core/outcome.js";
import { snakeJson } from "./snake-json.js";

/** Evidence whole, as machines read it; the names of its samples are data and stay as they are. */
export function evidenceJson({ samples, ...said }: Evidence): JsonObject {
  return { ...snakeJson(said), ...(samples === undefined ? {} : { samples }) };
}
