import type { JsonObject } from "../../../src/core/json.js";
import type { AudienceListing } from "../../../src/graph/client.js";
import type { Meta } from "../meta/meta.js";

/** Meta gives so few audiences at a time here, so that a listing has pages. */
const PAGE = 3;

/** What Meta shows of an audience. @param now milliseconds */
export function audienceOf(meta: Meta, id: string, now: number): JsonObject {
  const { valueBased, status } = meta.audienceAt(id, now) ?? { valueBased: false, status: 200 };
  const operation_status = { code: status, description: "" };
  return { id, is_value_based: valueBased, operation_status };
}

/** A page of the audiences of the account. */
export function pageOf(meta: Meta, { after }: AudienceListing): JsonObject {
  const start = Number(after ?? "0");
  const all = [...meta.audiences.values()];
  const next = start + PAGE;
  return {
    data: all.slice(start, next).map(({ id, name }) => ({ id, name, subtype: "CUSTOM" })),
    ...(next < all.length ? { paging: { next: "more", cursors: { after: String(next) } } } : {}),
  };
}
