import { metaRule } from "./meta-rule.js";
import { dropped } from "./normalizer.js";

/** Words that Meta's library reads as one or the other, besides the letters that its pages name. */
const WORDS = {
  f: "f female woman girl lady miss ms mrs madam ma'am mother mom mommy mama daughter sister aunt niece wife girlfriend bride widow queen princess duchess countess empress goddess maiden lass gal chick dame belle she her hers herself",
  m: "m male man boy gentleman guy sir mister mr father dad daddy papa son brother uncle nephew husband boyfriend groom widower king prince duke count emperor god lord lad fellow chap bloke dude he him his himself",
} as const;

const GENDERS = new Map(
  Object.entries(WORDS).flatMap(([letter, words]) =>
    words.split(" ").map((word) => [word, letter] as const),
  ),
);

/**
 * Gender: `f` or `m`. Meta's pages know these two letters; its library reads the English words of the
 * list as well, and so does this, without the full stop of `Mr.` if there is one. Whatever else is
 * dropped as `unknown_gender`: words of other languages are for `map`.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaGender("Female") // "f"
 */
export const metaGender = metaRule(
  (text) => GENDERS.get(text.toLowerCase().replace(/\.$/, "")) ?? dropped("unknown_gender"),
);
