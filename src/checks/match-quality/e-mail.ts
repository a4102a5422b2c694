/** What an e-mail address tells of whether Meta could know it. */

/**
 * Never anybody's: names that standards keep for examples and tests, and what forms are tried with.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2606
 * @see https://www.rfc-editor.org/rfc/rfc6761
 */
const TEST_DOMAINS: ReadonlySet<string> = new Set([
  "example.com",
  "example.net",
  "example.org",
  "test.com",
]);
const TEST_ENDING = /\.(?:test|example|invalid|localhost)$/;

/**
 * Addresses for one use: the services that people know best. Complete lists have thousands of names
 * and change daily.
 *
 * @see https://github.com/disposable-email-domains/disposable-email-domains
 */
const DISPOSABLE_DOMAINS: ReadonlySet<string> = new Set([
  "10minutemail.com",
  "discard.email",
  "dispostable.com",
  "dropmail.me",
  "emailondeck.com",
  "fakeinbox.com",
  "getnada.com",
  "guerrillamail.com",
  "maildrop.cc",
  "mailinator.com",
  "mailnesia.com",
  "sharklasers.com",
  "temp-mail.org",
  "tempmail.com",
  "throwawaymail.com",
  "trashmail.com",
  "yopmail.com",
]);

/** Addresses that a go-between made for one shop each: nobody signs in to Meta with them. */
const RELAY_DOMAINS: ReadonlySet<string> = new Set([
  "duck.com",
  "marketplace.amazon.com",
  "members.ebay.com",
  "mozmail.com",
  "privaterelay.appleid.com",
]);

const SHAPE = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@.,;:<>()[\]\\"\d]{2,}$/;
const BAD_DOT = /^\.|\.\.|\.@|@\./;

/** What is suspicious about an e-mail address. */
export type EmailSuspicion =
  "implausible_email" | "test_domain" | "disposable_domain" | "relay_domain";

/**
 * What is suspicious about a text that should be an e-mail address; `undefined` of a plausible one.
 *
 * @param text trimmed
 */
export function emailSuspicion(text: string): EmailSuspicion | undefined {
  if (!SHAPE.test(text) || BAD_DOT.test(text)) return "implausible_email";
  const domain = text.slice(text.indexOf("@") + 1).toLowerCase();
  if (TEST_DOMAINS.has(domain) || TEST_ENDING.test(domain)) return "test_domain";
  if (DISPOSABLE_DOMAINS.has(domain)) return "disposable_domain";
  return RELAY_DOMAINS.has(domain) ? "relay_domain" : undefined;
}
