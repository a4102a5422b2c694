const WHOLE_WITH_FRACTION = /^(\+?\d{3,15})\.0$/;

/**
 * A whole number without the `.0` of a column that was read as decimals, as tools do with numbers beside
 * blanks; any other text as it is.
 *
 * @example withoutFraction("94035.0") // "94035"
 */
export function withoutFraction(text: string): string {
  return text.replace(WHOLE_WITH_FRACTION, "$1");
}
