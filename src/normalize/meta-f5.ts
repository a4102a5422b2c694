import { nameOf } from "./meta-name.js";
import { metaRule } from "./meta-rule.js";

/** How many letters of the name Meta's field has in its own. */
const LENGTH = 5;

/**
 * The first five letters of a name, which is normalised as `meta_name` does it, so that they are the
 * beginning of the name that is sent. Only Meta's libraries know the field; these cut the trimmed text
 * in lower case, spaces and punctuation included. Letters are code points of composed text (NFC).
 *
 * @see https://github.com/facebook/facebook-nodejs-business-sdk (src/objects/serverside/user-data.js)
 * @example metaF5("George") // "georg"
 */
export const metaF5 = metaRule((text) => {
  const name = nameOf(text);
  return typeof name === "string" ? Array.from(name).slice(0, LENGTH).join("") : name;
});
