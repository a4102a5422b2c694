import { isJsonArray, isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import { readText } from "./read-value.js";

/** One page of a listing. */
export interface Page<T> {
  readonly entries: readonly T[];
  /** The cursor of the page that follows; nothing on the last page. */
  readonly after: string | undefined;
}

/**
 * Reads a page; nothing when it is none, or says that another follows and not where. Only a page
 * without `paging.next` is the last one, however few entries it has; the URL in it holds the token
 * and is never used.
 *
 * @param readEntry gives nothing for what is no entry
 * @see https://developers.facebook.com/docs/graph-api/results
 */
export function readPage<T>(
  body: JsonObject,
  readEntry: (entry: JsonObject) => T | undefined,
): Page<T> | undefined {
  const data = ownValue(body, "data");
  if (!isJsonArray(data)) return undefined;
  const read = data.map((entry) => (isJsonObject(entry) ? readEntry(entry) : undefined));
  const entries = read.filter((one) => one !== undefined);
  const paging = ownValue(body, "paging") ?? null;
  const next = isJsonObject(paging) ? (ownValue(paging, "next") ?? null) : null;
  const after = isJsonObject(paging) && next !== null ? readCursor(paging) : undefined;
  if (entries.length < data.length || (next !== null && after === undefined)) return undefined;
  return { entries, after };
}

function readCursor(paging: JsonObject): string | undefined {
  const cursors = ownValue(paging, "cursors");
  return isJsonObject(cursors) ? readText(cursors, "after") : undefined;
}
