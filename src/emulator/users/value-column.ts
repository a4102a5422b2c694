import { invalidParameter, type Refusal } from "../answers/refusal.js";
import type { Upload } from "./check-upload.js";

const VALUE_COLUMN = "LOOKALIKE_VALUE";

/**
 * A value-based audience takes nobody without a value, and others take no values.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/guides/value-based-lookalike-audiences
 */
export function valueColumnRefusal(upload: Upload): Refusal | undefined {
  const valueBased = upload.audience.given["is_value_based"] === true;
  if (upload.columns.includes(VALUE_COLUMN) === valueBased) return undefined;
  return invalidParameter(
    valueBased
      ? `A value-based audience needs the column ${VALUE_COLUMN}`
      : `The column ${VALUE_COLUMN} is for value-based audiences only`,
    ["payload", "schema"],
  );
}
