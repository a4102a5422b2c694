import type { JsonObject } from "../../../src/core/json.js";
import type { AudienceListing } from "../../../src/graph/client.js";
import type { Meta } from "../meta/meta.js";

/** Meta gives so few audiences at a time here, so that a listing has pages. */
const PAGE = 3;

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
