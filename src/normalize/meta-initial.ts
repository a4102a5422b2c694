import { hasLetter } from "./letters.js";
import { nameOf } from "./meta-name.js";
import { metaRule } from "./meta-rule.js";
import { dropped } from "./normalizer.js";

/**
 * The first letter of a name in lower case, of the name as `meta_name` normalises it. A name that
 * begins with a digit has none, and is dropped as `not_a_name`.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/custom-audience/users
 * @example metaInitial("Élodie") // "é"
 */
export const metaInitial = metaRule((text) => {
  const name = nameOf(text);
  if (typeof name !== "string") return name;
  const [initial = ""] = name;
  return hasLetter(initial) ? initial : dropped("not_a_name");
});
