import { birthPart } from "./birth-part.js";

/**
 * Day of birth, `01` to `31`, from the number or from a whole date as `meta_birth_date` reads it.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 * @example metaBirthDay("9") // "09"
 */
export const metaBirthDay = birthPart("day", 31);
