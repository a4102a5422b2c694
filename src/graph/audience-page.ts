import { isJsonArray, isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import { readText } from "./read-value.js";

/** An audience of a listing, as far as finding one by name needs it. */
export interface ListedAudience {
  readonly id: string;
  readonly name: string | undefined;
  readonly subtype: string | undefined;
}

/** One page of a listing. */
export interface AudiencePage {
  readonly audiences: readonly ListedAudience[];
  /** The cursor of the page that follows; nothing on the last page. */
  readonly after: string | undefined;
}

/**
 * Reads a page; nothing when it is none, or says that another follows and not where. Only a page
 * without `paging.next` is the last one, however few entries it has; the URL in it holds the token
 * and is never used.
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function readAudiencePage(body: JsonObject): AudiencePage | undefined {
  const entries = ownValue(body, "data");
  if (!isJsonArray(entries)) return undefined;
  const audiences = entries.map((entry) => (isJsonObject(entry) ? readListed(entry) : undefined));
  const paging = ownValue(body, "paging") ?? null;
  const next = isJsonObject(paging) ? (ownValue(paging, "next") ?? null) : null;
  const after = isJsonObject(paging) && next !== null ? readCursor(paging) : undefined;
  if (audiences.includes(undefined) || (next !== null && after === undefined)) return undefined;
  return { audiences: audiences.filter((one) => one !== undefined), after };
}

/** An id that is safe to print and to put into a path. */
export function readId(object: JsonObject): string | undefined {
  const id = ownValue(object, "id");
  const text = typeof id === "number" ? String(id) : id;
  return typeof text === "string" && /^[A-Za-z0-9_-]{1,32}$/.test(text) ? text : undefined;
}

function readListed(entry: JsonObject): ListedAudience | undefined {
  const id = readId(entry);
  const name = ownValue(entry, "name");
  if (id === undefined) return undefined;
  return {
    id,
    name: typeof name === "string" ? name : undefined,
    subtype: readText(entry, "subtype"),
  };
}

function readCursor(paging: JsonObject): string | undefined {
  const cursors = ownValue(paging, "cursors");
  return isJsonObject(cursors) ? readText(cursors, "after") : undefined;
}
