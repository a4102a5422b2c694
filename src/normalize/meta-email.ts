import { metaRule } from "./meta-rule.js";
import { suspicious } from "./normalizer.js";

/** Something, one `@`, and a domain of two labels or more. */
const PLAUSIBLE = /^[^\s@"(),:;<>[\\\]]+@(?=[^.]+\.)(?!.*\.(?:\.|$))[^\s@,;:()<>"]+$/;

/**
 * E-mail: white space taken off both ends, lower case, nothing else; dots and plus tags stay, and
 * letters are not composed.
 *
 * What does not look like an address is sent all the same, and counted as `implausible_email`: Meta's
 * page asks for no check and hashes `test` in an example, its library drops what its pattern refuses,
 * its older ones take characters out or refuse the whole event. An address that is wrong finds nobody;
 * one that a pattern wrongly refuses would be a person lost.
 *
 * @see https://developers.facebook.com/documentation/ads-commerce/conversions-api/parameters/customer-information-parameters
 * @example metaEmail("John_Smith@gmail.com") // "john_smith@gmail.com"
 */
export const metaEmail = metaRule((text) => {
  const address = text.toLowerCase();
  return PLAUSIBLE.test(address) ? address : suspicious(address, "implausible_email");
});
