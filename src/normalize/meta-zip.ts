import { countryCode } from "./country-code.js";
import { metaRule } from "./meta-rule.js";
import { dropped, type Normalized } from "./normalizer.js";
import { withoutFraction } from "./without-fraction.js";

const PLAIN = /^[a-z0-9]{2,}$/;
const OTHERS = /[^\p{L}\p{M}\p{N}]|\p{Default_Ignorable_Code_Point}/gu;

/** Five digits, a dash and four more: the ZIP+4 of the United States, and nobody else's. */
const ZIP_PLUS_4 = /^(\d{5})[-\u2010-\u2015]\d{4}(?!\d)/;

/** Five digits, alone or before what is no part of them. */
const ZIP = /^(\d{5})(?:\d{4}$|$|[^\p{L}\p{N}])/u;

/**
 * Postcodes: letters and digits in lower case, nothing else; of the United States the first five.
 *
 * Meta's page wants neither spaces nor dashes. Its library cuts at the first dash, whatever the country,
 * and keeps spaces inside: that makes `1000` of Lisbon's `1000-001`. The page is followed: dashes, spaces
 * and other symbols are taken out, and only a ZIP+4 (five digits, a dash, four digits) is cut, or all
 * that `country:` says to be of the United States. What is left has two characters or more, as in
 * Meta's library, all of them a–z and 0–9 (full-width forms count as these): no postcode has others.
 * `94035.0`, of a column that was read as decimals, is `94035`. An American code of four digits has lost its leading zero; it is dropped, not guessed. British codes
 * are sent whole, as the page's example is.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaZip("60601-9999") // "60601"
 * @example metaZip("SW1A 1AA") // "sw1a1aa"
 */
export const metaZip = metaRule((given, country) => {
  const text = PLAIN.test(given) ? given : withoutFraction(given.normalize("NFKC").toLowerCase());
  if (country !== undefined && countryCode(country) === "us")
    return ZIP.exec(text)?.[1] ?? dropped("not_a_postcode");
  return ZIP_PLUS_4.exec(text)?.[1] ?? codeOf(text);
});

function codeOf(text: string): Normalized {
  const code = PLAIN.test(text) ? text : text.replace(OTHERS, "");
  if (code.length < 2) return dropped(code === "" ? "nothing_left" : "too_short");
  return PLAIN.test(code) ? code : dropped("not_a_postcode");
}
