/** Recognises plain personal data in a text, and takes it out of a URL. */
import { MARKS } from "../core/marks.js";
import { isPersonalName } from "./personal-names.js";

/** An e-mail address anywhere in a text; one character before the `@` is enough to tell. */
const E_MAIL = /[^\s@]@[^\s@]+\.\p{L}{2,}/u;
const PHONE = /^\+\d[\d ()./-]{6,}\d$/;

/** True for a text that contains an e-mail address or is a telephone number. */
export function isPersonalText(text: string): boolean {
  return hasMark(text) && (E_MAIL.test(text) || PHONE.test(text.trim()));
}

/** False for a text that is surely not personal: no address is without one mark, no number without the other. */
export function hasMark(text: string): boolean {
  return text.includes("@") || text.includes("+");
}

/** True for a text that is to be read as a URL. */
export function isUrl(text: string): boolean {
  return /^\s*https?:\/\//i.test(text);
}

const ORIGIN = /^\s*[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;
const PARAMETER = /([?&#;])([^=&#;?]+)=([^&#;]*)/g;
const SEGMENT = /[^/?&#;=]+/g;

/** False for a text that is surely not personal, also as a URL: it has no parameter and no mark, plain or encoded. */
export function hasAnyMark(text: string): boolean {
  return ANY_MARK.test(text);
}

const ANY_MARK = new RegExp(`[${MARKS}]`);

/**
 * The URL without personal data: personal parameters lose their value, and other parts that hold
 * an e-mail address or a telephone number are taken out. The same text when there is none.
 */
export function withoutPersonalParts(url: string): string {
  if (!hasAnyMark(url)) return url;
  const origin = ORIGIN.exec(url)?.[0] ?? "";
  const rest = url
    .slice(origin.length)
    .replace(PARAMETER, (whole, mark: string, name: string, value: string) =>
      isPersonalParameter(name, value) ? `${mark}${name}=` : whole,
    )
    .replace(SEGMENT, (segment) => (holdsPersonalText(segment) ? "" : segment));
  return `${origin}${rest}`;
}

function isPersonalParameter(name: string, value: string): boolean {
  return value !== "" && (isPersonalName(decoded(name)) || holdsPersonalText(value));
}

/** A raw `+` may be a blank or the start of a telephone number. */
function holdsPersonalText(text: string): boolean {
  return isPersonalText(text) || isPersonalText(decoded(text));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
}
