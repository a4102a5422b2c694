import { EVENT, type Field } from "../../generated/fields.js";
import type { FieldPath } from "../answers/refusal.js";

/** Meta's subcodes for fields that are known to have one of their own when malformed. */
const SUBCODES = { notHashed: 2804016, leadId: 2804036 } as const;

/** The subcode that belongs to a schema violation at a place of a request body. */
export function subcodeOf(path: FieldPath, keyword: string): number | undefined {
  const [data, , userData, name] = path;
  if (data !== "data" || userData !== "user_data" || typeof name !== "string") return undefined;
  if (keyword === "additionalProperties") return undefined;
  if (name === "lead_id") return SUBCODES.leadId;
  return keyword === "pattern" && userField(name)?.hash === "required"
    ? SUBCODES.notHashed
    : undefined;
}

function userField(name: string): Field | undefined {
  const userData = EVENT.fields["user_data"];
  return userData?.kind === "object" ? userData.fields[name] : undefined;
}
