import { birthPart } from "./birth-part.js";

/**
 * Month of birth, `01` to `12`, from the number or from a whole date as `meta_birth_date` reads it.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 * @example metaBirthMonth("2") // "02"
 */
export const metaBirthMonth = birthPart("month", 12);
