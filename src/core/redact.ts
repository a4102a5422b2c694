/** Takes secrets and personal data out of a text before it is shown, logged or kept. */
export type Redactor = (text: string) => string;

/** What stands where something was taken out. */
export const REDACTED = "[redacted]";

const NO_ATOM = String.raw`\s"'<>=&:;,/\\()[\]{}|@`;

/** What parts of an e-mail address are made of. */
const ATOM = `[^${NO_ATOM}]`;

/** How `@` is written: in URLs, also encoded more than once, in HTML, in JSON and other languages' texts. */
const AT = String.raw`(?:[@\uFE6B\uFF20]|%(?:25){0,9}40|&(?:#0{0,9}64|#x0{0,9}40|commat);|\\{1,9}(?:u0040|u\{0{0,9}40\}|x40))`;

/** Repetitions are bounded or start at an edge: a long text takes no more than linear time. */
const SHAPES: readonly RegExp[] = [
  /\bEAA[A-Za-z0-9]{16,}/g, // access tokens of Meta
  /\b\d{8,}\|[A-Za-z0-9_-]{16,}/g, // app tokens: app id and secret
  /(?<=\b[Bb]earer\s{1,9})[^\s"',}]+/g,
  /(?<=\b(?:access_token|appsecret_proof|client_secret|input_token)["']?\s{0,9}[=:]\s{0,9}["']?)[^\s"'&,}]+/g,
  // Passwords in URLs; the word itself is what our own advice has in a password's place.
  /(?<=:\/\/[^\s:/@]{0,64}:)(?!password@)[^\s"'@/]{1,256}(?=@)/g,
  new RegExp(`(?<!${ATOM})${ATOM}+${AT}${ATOM}{1,253}\\.[^${NO_ATOM}.]{2,}`, "gi"), // e-mail addresses
  /\+\d[\d ()./-]{6,}\d/g, // telephone numbers in international form
];

/**
 * The one redaction door. Knows the secrets of this run by value and others by shape.
 *
 * @param secrets the secrets resolved so far; asked anew for every text
 */
export function createRedactor(secrets: () => readonly string[]): Redactor {
  return (text) => {
    let clean = text;
    for (const form of formsOf(secrets())) clean = clean.replaceAll(form, REDACTED);
    for (const shape of SHAPES) clean = clean.replace(shape, REDACTED);
    return clean;
  };
}

/** Hex digits of an IPv6 address between its colons. */
const WORD = "[0-9a-f]{1,4}";

/** What tells a person without looking like it. In texts of our own these shapes mean other things. */
const IDENTIFIERS = new RegExp(
  [
    String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`, // device ids
    String.raw`\b[0-9a-f]{32,}\b`, // digests
    String.raw`(?<!\w)\d{7,}(?!\w)`, // telephone numbers, customer ids
    String.raw`(?<![\w+])\(?0\d[\d ()./-]{4,20}\d(?!\w)`, // telephone numbers with a trunk prefix, days of birth
    String.raw`(?<!\w)\(?\d{3}\)?[ .-]{1,3}\d{3}[ .-]\d{4}(?!\w)`, // telephone numbers of North America
    String.raw`(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)`, // IPv4 addresses
    `(?<![\\w:.])(?:(?:${WORD}:){7}${WORD}|(?:${WORD}:){1,7}(?::${WORD}){1,7}|(?:${WORD}:){1,7}:|:(?::${WORD}){1,7})(?![\\w:])`, // IPv6
  ].join("|"),
  "gi",
);

/**
 * Takes out whatever could be somebody's identifier as well: for texts of others about data of ours,
 * which quote what they please.
 *
 * @param known ids of things that such a text may name: the ad account, the audience, the pixel
 */
export function hidingIdentifiers(redact: Redactor, known: readonly string[]): Redactor {
  return (text) =>
    redact(text).replace(IDENTIFIERS, (found) => (known.includes(found) ? found : REDACTED));
}

/** How secrets may be written in a text. Longest first: one secret may be the start of another. */
function formsOf(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

const byShape = createRedactor(() => []);

/** Characters that move the cursor of a terminal, or hide in a text. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

/** Longer names are cut: a message has to be read. */
const MAX_NAME = 200;

/**
 * A name that comes from data (a key, an identifier type, a subtype of Meta's), fit for messages and
 * reports: nothing personal or secret by its shape, nothing that a terminal would obey.
 */
export function safeName(name: string): string {
  const clean = byShape(name).replace(INVISIBLE, "\u00b7");
  return clean.length > MAX_NAME ? `${clean.slice(0, MAX_NAME)}…` : clean;
}

/** Any character but those of ASCII that show, without `@%&\+|`. */
const SUSPECT_CHARACTER = /[^ -$'-*,-?A-[\]-{}~]/;

/** Looked for by itself: with the characters in one expression it would take a multiple of both. */
const SUSPECT_WORD = /EAA|earer|token|proof|secret/;

/**
 * True when a text may be shown as it is. Every shape above has a suspect character or word in it, and
 * every invisible character is suspect; nearly no name has any.
 */
export function isSafeText(text: string): boolean {
  return (!SUSPECT_CHARACTER.test(text) && !SUSPECT_WORD.test(text)) || isSafeSuspect(text);
}

function isSafeSuspect(text: string): boolean {
  return text.search(INVISIBLE) < 0 && byShape(text) === text;
}

/** Nothing suspect, nothing that JSON writes otherwise than as it is, and no blank to begin with. */
const PLAIN = /^[!#$'-*,-?A-[\]-{}~][ !#$'-*,-?A-[\]-{}~]*$/;

/**
 * True only for a text that is safe and no blank, in a JSON text as well, which has it as it is. Where
 * texts of this sort stand in quotes beside each other, the whole is as safe.
 */
export function isPlainText(text: string): boolean {
  return PLAIN.test(text) && !SUSPECT_WORD.test(text);
}
