import { createHash } from "node:crypto";

/**
 * The id under which a row's removal from an audience is refused, 32 hex digits: by the audience's own
 * id, since its name may come to mean another one, and another id than that of the row's addition. The
 * same as `removalId` in `sql/members/tables.ts`.
 */
export function removalId(audienceId: string, rowId: string): string {
  return createHash("md5").update(`${audienceId} ${rowId}`).digest("hex");
}
