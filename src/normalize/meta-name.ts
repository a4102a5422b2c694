import { lettersAndDigits } from "./letters.js";
import { metaRule } from "./meta-rule.js";
import { dropped, type Normalized } from "./normalizer.js";

/**
 * First and last names: lower case, without punctuation, symbols and white space; accents and other
 * scripts stay, composed (NFC).
 *
 * Meta's pages ask for lower case and no punctuation and say nothing of the space inside of a name;
 * the one for lists wants a–z alone. Meta's current library takes white space out, its older ones keep
 * it. It is taken out here: so does whatever else Meta ships now, and one person has one digest
 * whichever of them sends it. The library takes out the punctuation of ASCII only; here it is that of
 * every script, as the pages say (`Mary–Jane` with a dash is the same name as with a hyphen).
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaName("Mary-Jane O'Connor") // "maryjaneoconnor"
 */
export const metaName = metaRule(nameOf);

const CONTENT = /[\p{L}\p{N}]/u;

/** The name, or why it is none; digests are no business of this. */
export function nameOf(text: string): Normalized {
  const name = lettersAndDigits(text);
  return CONTENT.test(name) ? name : dropped("nothing_left");
}
