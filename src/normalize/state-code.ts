/** States of the United States and provinces of Canada by their codes and names. */
import { iso31662 } from "iso-3166";
import { lettersAndDigits } from "./letters.js";

/** Countries whose states have codes that Meta's library knows. */
export type CodedCountry = "us" | "ca";

/**
 * What ISO 3166-2 lacks: other wordings, and what the postal service of the United States knows beyond
 * it (Publication 28, appendix B): armed forces and associated states.
 */
const OTHER_NAMES: Readonly<Record<CodedCountry, Readonly<Record<string, readonly string[]>>>> = {
  us: {
    aa: ["Armed Forces Americas"],
    ae: ["Armed Forces Europe"],
    ap: ["Armed Forces Pacific"],
    dc: ["Washington DC"],
    fm: ["Federated States of Micronesia"],
    mh: ["Marshall Islands"],
    pw: ["Palau"],
    vi: ["US Virgin Islands", "Virgin Islands"],
  },
  ca: { nl: ["Newfoundland", "Labrador"] },
};

const MARKS = /\p{M}+/gu;

/** `Québec` is Quebec. */
function keyOf(name: string): string {
  return lettersAndDigits(name.normalize("NFD").replace(MARKS, ""));
}

function codesOf(country: CodedCountry): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  const add = (code: string, names: readonly string[]): void => {
    for (const name of [code, `${country}-${code}`, ...names]) codes.set(keyOf(name), code);
  };
  for (const { code, name, parent } of iso31662)
    if (parent === country.toUpperCase()) add(code.slice(3).toLowerCase(), [name]);
  for (const [code, names] of Object.entries(OTHER_NAMES[country])) add(code, names);
  return codes;
}

const CODES = { us: codesOf("us"), ca: codesOf("ca") } as const;

/**
 * The two lower-case letters of a state of this country, given by them, by ISO 3166-2 (`US-NY`) or by
 * name; `undefined` for anything else.
 *
 * @example stateCode("New York", "us") // "ny"
 */
export function stateCode(text: string, country: CodedCountry): string | undefined {
  return CODES[country].get(keyOf(text));
}
