/** An ad account, as far as delivering into it asks. */
import { isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import { readInteger, readText } from "./read-value.js";

/** An ad account as Meta shows it. */
export interface AdAccount {
  readonly name: string | undefined;
  /** Code of `account_status`. */
  readonly status: number | undefined;
  /** Whether somebody has accepted the terms of custom audiences for it; missing when Meta does not say. */
  readonly termsAccepted: boolean | undefined;
}

/** The fields that {@link readAdAccount} reads. */
export const AD_ACCOUNT_FIELDS = "id,name,account_status,tos_accepted";

/**
 * Reads an ad account.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/audiences/reference/custom-audience-terms-of-service
 */
export function readAdAccount(body: JsonObject): AdAccount {
  const terms = ownValue(body, "tos_accepted") ?? null;
  return {
    name: readText(body, "name"),
    status: readInteger(ownValue(body, "account_status")),
    termsAccepted: isJsonObject(terms)
      ? readInteger(ownValue(terms, "custom_audience_tos")) === 1
      : undefined,
  };
}
