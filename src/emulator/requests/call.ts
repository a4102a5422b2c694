import type { JsonObject } from "../../core/json.js";
import type { Answer } from "../answers/answer.js";
import type { Token } from "../token/token.js";
import type { World } from "../world/world.js";

/** One authorised request to an operation of the spec. */
export interface Call {
  /** Values of the path template's parameters, by name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** Empty for operations without a body. */
  readonly body: JsonObject;
  /** The version that answers. */
  readonly version: string;
  /** The token of the request. */
  readonly token: Token;
  /** What stands in links for that token. */
  readonly tokenInLinks: string;
  /** Unix seconds. */
  readonly now: number;
  /** The id of this request in Meta's logs. */
  readonly trace: string;
  /** Where the request was sent; links in answers lead back there. */
  readonly origin: string;
}

/** Answers the requests of one operation; what it refuses leaves the world as it was. */
export type Handler = (world: World, call: Call) => Answer;
