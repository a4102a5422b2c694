import { SAMPLE_NOW } from "./paid-at.js";
import type { Dice } from "./dice.js";
import { digits } from "./digits.js";

const USER_AGENTS = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:137.0) Gecko/20100101 Firefox/137.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:138.0) Gecko/20100101 Firefox/138.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:137.0) Gecko/20100101 Firefox/137.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4",
  'ExampleShop/4.2 (Android 15; "Compact" edition, de-DE)',
] as const;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/** What a shop's web server knows about a visit. Addresses are from the ranges of RFC 5737 and RFC 3849. */
export interface Visit {
  readonly ip_address: string;
  readonly user_agent: string;
  readonly fbp: string;
  readonly fbc: string;
}

/** A made-up visit. */
export function visit(dice: Dice): Visit {
  const host = String(1 + dice.below(254));
  return {
    ip_address: dice.pick([`192.0.2.${host}`, `198.51.100.${host}`, `2001:db8::${host}`, ""]),
    user_agent: (dice.chance(3) ? " " : "") + dice.pick(USER_AGENTS),
    fbp: dice.chance(70) ? `fb.1.${cookieTime(dice)}.${digits(dice, 10)}` : "",
    fbc: dice.chance(15) ? `fb.1.${cookieTime(dice)}.${clickId(dice)}` : "",
  };
}

/** Unix milliseconds in the month before the sample's date. */
function cookieTime(dice: Dice): string {
  return String(Date.parse(SAMPLE_NOW) - dice.below(30 * 86_400) * 1000);
}

function clickId(dice: Dice): string {
  const letters = Array.from({ length: 24 }, () => LETTERS.charAt(dice.below(LETTERS.length)));
  return `IwAR${letters.join("")}`;
}
