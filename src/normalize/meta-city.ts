import { hasLetter, letters } from "./letters.js";
import { metaRule } from "./meta-rule.js";
import { dropped } from "./normalizer.js";

/**
 * Cities: letters in lower case, nothing else; accents and other scripts stay, composed (NFC).
 *
 * Meta's pages want a city without punctuation, special characters and spaces, prefer a–z and allow
 * UTF-8; its current library deletes each letter outside of a–z (`San José` becomes `sanjos`) and
 * refuses other scripts, its older ones keep the accents. The pages are followed: a city without its
 * accented letters is none. Digits are taken out (`Paris 15e` is in Paris): the pages want letters, the
 * library keeps digits unless they come first. What has no letter is dropped.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaCity("San José, CA") // "sanjoséca"
 */
export const metaCity = metaRule((text) => {
  const city = letters(text);
  return hasLetter(city) ? city : dropped("nothing_left");
});
