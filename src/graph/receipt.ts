import { isJsonArray, ownValue, type JsonObject } from "../core/json.js";
import type { InvalidCells, MetaAnswer, Surface } from "../core/outcome.js";
import type { Redactor } from "../core/redact.js";
import { readInvalidCells, safeSamples } from "./invalid-samples.js";
import { readCount } from "./read-value.js";
import { redactedText } from "./redacted-text.js";

/** What Meta acknowledged. */
export interface Receipt {
  /** Items received, malformed ones among them; with an upload session those of the whole session. */
  readonly received: number;
  /** Malformed items, which were left out. */
  readonly invalid: number;
  /** Some of these, by cell. */
  readonly cells: InvalidCells;
  /** The same for the evidence. */
  readonly said: Pick<MetaAnswer, "received" | "invalid" | "samples" | "detail">;
}

/**
 * Reads the counts of a 2xx; nothing when it has none to rely on.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 */
export function readReceipt(
  body: JsonObject,
  surface: Surface,
  redact: Redactor,
): Receipt | undefined {
  return surface === "events" ? eventsReceipt(body, redact) : usersReceipt(body, redact);
}

/** Meta takes all events of a request or none, so there are no malformed ones among them. */
function eventsReceipt(body: JsonObject, redact: Redactor): Receipt | undefined {
  const received = readCount(ownValue(body, "events_received"));
  if (received === undefined) return undefined;
  const messages = ownValue(body, "messages");
  const texts = isJsonArray(messages) ? messages.filter((one) => typeof one === "string") : [];
  const detail = redactedText(texts.join(" "), 4096, redact);
  return {
    received,
    invalid: 0,
    cells: new Map(),
    said: { received, ...(detail === "" ? {} : { detail }) },
  };
}

function usersReceipt(body: JsonObject, redact: Redactor): Receipt | undefined {
  const received = readCount(ownValue(body, "num_received"));
  const invalid = readCount(ownValue(body, "num_invalid_entries") ?? 0);
  if (received === undefined || invalid === undefined) return undefined;
  const cells = readInvalidCells(ownValue(body, "invalid_entry_samples"), redact);
  const samples = cells.size === 0 ? {} : { samples: safeSamples(cells) };
  return { received, invalid, cells, said: { received, invalid, ...samples } };
}
