import type { Json } from "../../core/json.js";
import type { Answer } from "../answers/answer.js";
import type { World } from "../world/world.js";

/** One authorised request to an operation of the spec. */
export interface Call {
  /** Values of the path template's parameters, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** `null` for operations without a body. */
  readonly body: Json;
  /** Unix seconds. */
  readonly now: number;
  /** The id of this request in Meta's logs. */
  readonly trace: string;
  /** Where the request was sent; links in answers lead back there. */
  readonly origin: string;
}

/** Answers the requests of one operation; what it refuses leaves the world as it was. */
export type Handler = (world: World, call: Call) => Answer;
