/** Countries of ISO 3166-1 by their codes and English names. */
import { iso31661 } from "iso-3166";

/**
 * Names in use that ISO's list has in another wording or not at all, each with one meaning. `UK` is
 * reserved for the United Kingdom by ISO, `XK` is left to users by it and used for Kosovo.
 */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  ae: ["UAE"],
  ba: ["Bosnia"],
  bn: ["Brunei"],
  bo: ["Bolivia"],
  cd: ["DR Congo", "DRC", "Congo Kinshasa", "Zaire"],
  cg: ["Republic of the Congo", "Congo Brazzaville"],
  ci: ["Ivory Coast"],
  cn: ["People's Republic of China", "PRC", "Mainland China"],
  cv: ["Cape Verde"],
  cz: ["Czech Republic"],
  de: ["Federal Republic of Germany"],
  fk: ["Falkland Islands"],
  fr: ["French Republic"],
  gb: ["United Kingdom", "UK", "Great Britain", "Britain", "England", "Scotland", "Wales"],
  hk: ["Hong Kong SAR"],
  ie: ["Republic of Ireland"],
  kp: ["North Korea"],
  kr: ["South Korea", "Republic of Korea"],
  la: ["Laos"],
  mk: ["Macedonia", "Former Yugoslav Republic of Macedonia", "FYROM"],
  mm: ["Burma"],
  mo: ["Macau"],
  nl: ["Holland"],
  pn: ["Pitcairn Islands"],
  ps: ["Palestinian Territories"],
  ru: ["Russia"],
  mf: ["Saint Martin"],
  sx: ["Sint Maarten"],
  sy: ["Syria"],
  sz: ["Swaziland"],
  tl: ["East Timor"],
  tr: ["Turkey", "Republic of Turkey"],
  tw: ["Republic of China"],
  um: ["U.S. Minor Outlying Islands"],
  us: ["United States"],
  va: ["Vatican", "Vatican City", "Vatican City State"],
  vg: ["British Virgin Islands"],
  vi: ["U.S. Virgin Islands", "United States Virgin Islands", "Virgin Islands US"],
  vn: ["Vietnam"],
  xk: ["XK", "Kosovo"],
};

const MARKS = /\p{M}+/gu;
const NO_LETTERS = /[^\p{L}]+/u;
const DIGIT = /\p{N}/u;
const SMALL_WORDS = new Set(["the", "of", "and"]);

/** Letters without their accents, by words. */
function wordsOf(name: string): readonly string[] {
  const plain = name.normalize("NFD").replace(MARKS, "").toLowerCase();
  return plain.split(NO_LETTERS).filter((word) => word !== "");
}

/** The words in the order of the alphabet: `Korea, Republic of` is `Republic of Korea`. */
function wordKey(words: readonly string[]): string {
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  return telling.sort().join(" ");
}

/** ISO inverts names (`Iran, Islamic Republic of`); what stands in front is a name if no other has it. */
function frontNames(): ReadonlyMap<string, string> {
  const fronts = new Map<string, string>();
  const shared = new Set(
    iso31661.filter(({ name }) => !name.includes(",")).map(({ name }) => name),
  );
  for (const { alpha2, name } of iso31661) {
    const [front = "", behind] = name.split(",");
    if (behind === undefined) continue;
    if (fronts.has(front)) shared.add(front);
    fronts.set(front, alpha2);
  }
  for (const front of shared) fronts.delete(front);
  return fronts;
}

function allNames(): readonly (readonly [name: string, code: string])[] {
  return [
    ...iso31661.flatMap(({ alpha2, alpha3, name }) =>
      [alpha2, alpha3, name].map((one) => [one, alpha2] as const),
    ),
    ...frontNames(),
    ...Object.entries(OTHER_NAMES).flatMap(([code, names]) =>
      names.map((name) => [name, code] as const),
    ),
  ];
}

/** By the words of a name, and by all its letters; Andorra's `AND` has no telling word. */
const CODES = new Map(
  allNames().flatMap(([name, code]) => {
    const words = wordsOf(name);
    const keys = [wordKey(words), words.join("")].filter((key) => key !== "");
    return keys.map((key) => [key, code.toLowerCase()] as const);
  }),
);

const TWO_LETTERS = /^[A-Za-z]{2}$/;

/**
 * The two lower-case letters of a country that is given by a code of two or three letters or by an
 * English name, its words in any order; `undefined` for any other text. Nothing is guessed from a
 * part of it.
 *
 * @example countryCode("Korea, Republic of") // "kr"
 */
export function countryCode(text: string): string | undefined {
  if (TWO_LETTERS.test(text)) return CODES.get(text.toLowerCase());
  if (DIGIT.test(text)) return undefined;
  const words = wordsOf(text);
  return CODES.get(words.join("")) ?? CODES.get(wordKey(words));
}
