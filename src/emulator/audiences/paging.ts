import type { JsonObject } from "../../core/json.js";
import type { Call } from "../requests/call.js";
import { cursorOf } from "./cursor.js";
import type { Page } from "./page.js";

/** The `paging` object of a page; an empty page has none. */
export function pagingOf(page: Page, call: Call, accountId: string): JsonObject | undefined {
  const first = page.audiences[0];
  const last = page.audiences.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const before = cursorOf(first.id);
  const after = cursorOf(last.id);
  const link = (cursor: Readonly<Record<string, string>>): string =>
    linkTo(call, accountId, { limit: String(page.limit), ...cursor });
  return {
    cursors: { before, after },
    ...(page.hasNext ? { next: link({ after }) } : {}),
    ...(page.hasPrevious ? { previous: link({ before }) } : {}),
  };
}

/** Meta's links carry the access token of the caller, so that whoever logs one has a leak. */
function linkTo(call: Call, accountId: string, place: Readonly<Record<string, string>>): string {
  const url = new URL(`/${call.version}/act_${accountId}/customaudiences`, call.origin);
  url.searchParams.set("access_token", call.tokenInLinks);
  const fields = call.query.get("fields");
  if (fields !== null) url.searchParams.set("fields", fields);
  for (const [name, value] of Object.entries(place)) url.searchParams.set(name, value);
  return url.href;
}
