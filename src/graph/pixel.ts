/** A pixel or dataset, as far as sending events to it asks. */
import { isJsonObject, ownValue, type JsonObject } from "../core/json.js";
import { readId } from "./listed-audience.js";
import { readFlag, readText } from "./read-value.js";

/** A pixel as Meta shows it. */
export interface Pixel {
  readonly name: string | undefined;
  readonly isUnavailable: boolean;
  /** Digits, without `act_`; missing when a business owns it, or Meta does not say. */
  readonly ownerAccountId: string | undefined;
}

/** The fields that {@link readPixel} reads. */
export const PIXEL_FIELDS = "id,name,is_unavailable,owner_ad_account";

/**
 * Reads a pixel.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ads-pixel
 */
export function readPixel(body: JsonObject): Pixel {
  const owner = ownValue(body, "owner_ad_account") ?? null;
  return {
    name: readText(body, "name"),
    isUnavailable: readFlag(ownValue(body, "is_unavailable")),
    ownerAccountId: isJsonObject(owner) ? readId(owner)?.replace(/^act_/, "") : undefined,
  };
}
