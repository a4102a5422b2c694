import { countryCode } from "./country-code.js";
import { hasLetter, lettersAndDigits } from "./letters.js";
import { metaRule } from "./meta-rule.js";
import { dropped } from "./normalizer.js";
import { stateCode } from "./state-code.js";

/**
 * States and provinces: two lower-case letters for the United States and Canada, elsewhere the name in
 * lower case, without punctuation, symbols and spaces.
 *
 * Meta's page wants the two letters for the United States and the name elsewhere; its current library
 * writes Canada's provinces with two letters, too, and this does the same. It also finds names as parts
 * of longer texts and cuts what it does not know to two letters, and its older ones know no names at
 * all; here only whole names and codes count, the page's reading. Without `country:` a name of a state
 * of the United States or of a province becomes its code, and any other text is a name; with
 * `country: {value: US}` or the like what is no state is dropped as `unknown_state`, and with another
 * country every text is a name. A text without letters is dropped.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaState("New York") // "ny"
 * @example metaState("Île-de-France", "FR") // "îledefrance"
 */
export const metaState = metaRule((text, country) => {
  const name = lettersAndDigits(text);
  if (!hasLetter(name)) return dropped("nothing_left");
  const code = codeIn(text, country === undefined ? undefined : countryCode(country));
  return code ?? name;
});

function codeIn(text: string, country: string | undefined) {
  switch (country) {
    case undefined:
      return stateCode(text, "us") ?? stateCode(text, "ca");
    case "us":
      return stateCode(text, "us") ?? dropped("unknown_state");
    case "ca":
      return stateCode(text, "ca");
    default:
      return undefined;
  }
}
