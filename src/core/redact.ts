/** Takes secrets and personal data out of a text before it is shown, logged or kept. */
export type Redactor = (text: string) => string;

/** What stands where something was taken out. */
export const REDACTED = "[redacted]";

const NO_ATOM = String.raw`\s"'<>=&:;,/\\()[\]{}|@`;

/** What parts of an e-mail address are made of, `%40` for `@` included. */
const ATOM = `[^${NO_ATOM}]`;

/** Repetitions are bounded or start at an edge: a long text takes no more than linear time. */
const SHAPES: readonly RegExp[] = [
  /\bEAA[A-Za-z0-9]{16,}/g, // access tokens of Meta
  /\b\d{8,}\|[A-Za-z0-9_-]{16,}/g, // app tokens: app id and secret
  /(?<=\b[Bb]earer\s{1,9})[^\s"',}]+/g,
  /(?<=\b(?:access_token|appsecret_proof|client_secret|input_token)["']?\s{0,9}[=:]\s{0,9}["']?)[^\s"'&,}]+/g,
  /(?<=:\/\/[^\s:/@]{0,64}:)[^\s"'@/]{1,256}(?=@)/g, // passwords in URLs
  new RegExp(`(?<!${ATOM})${ATOM}+(?:@|%40)${ATOM}+\\.[^${NO_ATOM}.]{2,}`, "g"), // e-mail addresses
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

/** What tells a person without looking like it: device ids, digests, telephone numbers, customer ids. */
const IDENTIFIERS =
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b|(?<!\w)\d{7,}(?!\w)/gi;

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

/** True when a text may be shown as it is. */
export function isSafeText(text: string): boolean {
  return text.search(INVISIBLE) < 0 && byShape(text) === text;
}
