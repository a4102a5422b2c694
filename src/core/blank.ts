/** What stands at the ends of a text, seen without making another text of it. */

/** True when `trim` leaves nothing of a text. */
export function isBlank(text: string): boolean {
  return !isVisible(text.charCodeAt(0)) && text.trim() === "";
}

/** The text as `trim` leaves it: itself, when it begins and ends with what is no blank, as nearly all do. */
export function trimmed(text: string): string {
  return surelyTrimmed(text) ? text : text.trim();
}

/** True only for a text that is not blank and of which `trim` takes nothing; not for each that is so. */
export function surelyTrimmed(text: string): boolean {
  return isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1));
}

/**
 * True only for two texts that are not the same without regard to case and blanks around them; of most
 * that are not, their first and last characters tell it. Outside of ASCII these tell nothing: there a
 * letter can become two, or one of ASCII.
 */
export function surelyDiffer(one: string, other: string): boolean {
  return (
    unlike(one.charCodeAt(0), other.charCodeAt(0)) ||
    unlike(one.charCodeAt(one.length - 1), other.charCodeAt(other.length - 1))
  );
}

/** Large and small letters of ASCII differ in one bit. */
function unlike(one: number, other: number): boolean {
  return isVisible(one) && isVisible(other) && (one | 0x20) !== (other | 0x20);
}

/** A character of ASCII that shows; not a number for none. */
function isVisible(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
