/** What Meta calls text without punctuation, special characters and spaces, in every script. */

const PLAIN = /^[A-Za-z0-9]*$/;

/**
 * Everything but letters, digits and the marks that belong to them; and what nobody sees, as joiners,
 * soft hyphens and variation selectors: two texts that look alike have one digest.
 */
const OTHERS = /[^\p{L}\p{M}\p{N}]|\p{Default_Ignorable_Code_Point}/gu;

const DIGIT = /\p{N}/gu;

/** A mark in front belongs to no letter. */
const LEADING_MARKS = /^\p{M}+/u;

const LETTER = /\p{L}/u;

/**
 * Letters and digits in lower case, nothing else.
 *
 * The case is Unicode's, the same in every locale (`I` is `i`, `İ` is `i` with a dot above). Letters
 * are composed (NFC), last: only the composed form of Meta's own example (`valéry`) has the digest
 * that its page prints. They are composed first, too: the mark of a symbol such as `≠` goes with it,
 * and not to the letter before. Compatibility forms (`ﬁ`, full-width letters) stay.
 */
export function lettersAndDigits(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return composed(text.normalize("NFC").toLowerCase().replace(OTHERS, ""));
}

/** Letters in lower case, nothing else. */
export function letters(text: string): string {
  return composed(lettersAndDigits(text).replace(DIGIT, ""));
}

function composed(text: string): string {
  return text.replace(LEADING_MARKS, "").normalize("NFC");
}

/** True when there is a letter of any script in it. */
export function hasLetter(text: string): boolean {
  return LETTER.test(text);
}
