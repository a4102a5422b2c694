import { countryCode } from "./country-code.js";
import { metaRule } from "./meta-rule.js";
import { dropped } from "./normalizer.js";

/**
 * Countries: the two lower-case letters of ISO 3166-1, from these, from ISO's three letters, or from an
 * English name. Everything else is dropped as `unknown_country`.
 *
 * Meta's page wants the code; its library finds names as parts of longer texts and takes the first two
 * letters of whatever remains, so that `Germánia` becomes Georgia and `U.K.` no country at all. A wrong
 * country is worse than none.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaCountry("United States") // "us"
 */
export const metaCountry = metaRule((text) => countryCode(text) ?? dropped("unknown_country"));
