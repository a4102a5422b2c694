/** What is suspicious about one value; a value has one reason at most, the weightiest. */
import { sha256 } from "../../core/digest.js";
import type { Json } from "../../core/json.js";
import type { Field } from "../../generated/fields.js";
import { hasCallingCode } from "../../normalize/calling-code.js";
import type { Suspicion } from "../../normalize/normalizer.js";
import { hasTwoReadings } from "../../normalize/two-readings.js";
import { emailSuspicion, type EmailSuspicion } from "./e-mail.js";
import { isDigestOfNothing, isStandIn, isStandInDigest } from "./stand-ins.js";

/** Why a value is suspicious. */
export type QualitySuspicion =
  | Suspicion
  | EmailSuspicion
  | "digest_of_nothing"
  | "digest_of_stand_in"
  | "other_digest"
  | "digest_in_plain_field"
  | "upper_case_digest"
  | "stand_in"
  | "phone_not_digits"
  | "short_phone"
  | "no_calling_code"
  | "upper_case";

/** Judges the values of one field. */
export interface SuspicionRules {
  /** Of a text that is no SHA-256 digest, trimmed, and of what is sent of it. */
  readonly plain: (text: string, sent: Json) => QualitySuspicion | undefined;
  /** Of a SHA-256 digest that came with the data, trimmed. */
  readonly digest: (text: string) => QualitySuspicion | undefined;
}

/** What is known of a field before any value of it. */
export interface JudgedField {
  readonly field: Field;
  /** Whether the mapping hashes it. */
  readonly hashed: boolean;
  /** What the mapping's normalisers make of a text; blank when they drop it. */
  readonly normalize: (text: string) => string;
}

type Rule = (text: string, sent: Json) => QualitySuspicion | undefined;

/** The rules that hold for a field, by what the spec calls it. */
export function suspicionRules(judged: JudgedField): SuspicionRules {
  const wantsHash = judged.field.hash === "required";
  const rules = [
    ...(wantsHash ? [otherDigest] : []),
    standIn,
    ...ownRules(judged),
    ...(wantsHash && keepsCase(judged) ? [upperCase] : []),
  ];
  return {
    plain: (text, sent) => firstOf(rules, text, sent),
    digest: judged.hashed ? givenDigestSuspicion : () => "digest_in_plain_field",
  };
}

function firstOf(rules: readonly Rule[], text: string, sent: Json): QualitySuspicion | undefined {
  for (const rule of rules) {
    const suspicion = rule(text, sent);
    if (suspicion !== undefined) return suspicion;
  }
  return undefined;
}

function ownRules({ field, normalize }: JudgedField): readonly Rule[] {
  if (means(field, "email")) return [emailSuspicion];
  if (means(field, "phone")) return phoneRules(normalize);
  return field.names.some((name) => name.startsWith("date_of_birth")) ? [twoDates] : [];
}

function means({ names }: Field, name: string): boolean {
  return names.includes(name);
}

function phoneRules(normalize: JudgedField["normalize"]): readonly Rule[] {
  const notDigits: Rule = (text) =>
    isDigits(normalize(text) || text) ? undefined : "phone_not_digits";
  return [...(writesDigits(normalize) ? [] : [notDigits]), shortPhone, nationalPhone(normalize)];
}

/** Tried out rather than known by name: a mapping may put its normalisers together as it likes. */
function writesDigits(normalize: JudgedField["normalize"]): boolean {
  return ["+1 (650) 555-1212", "0049 30 23125003"].map(normalize).every(isDigits);
}

/** As Meta hashes telephone numbers: without signs, and without zeros in front. */
function isDigits(text: string): boolean {
  return /^[1-9]\d*$/.test(text);
}

/** Whatever Meta wants hashed, it wants hashed from lower case. */
function keepsCase({ normalize }: JudgedField): boolean {
  return /[A-Z]/.test(normalize("AB"));
}

function upperCase(text: string): QualitySuspicion | undefined {
  return text === text.toLowerCase() ? undefined : "upper_case";
}

function standIn(text: string): QualitySuspicion | undefined {
  return isStandIn(text) ? "stand_in" : undefined;
}

/** MD5, SHA-1, SHA-384, SHA-512; and SHA-256 as databases print bytes, or in base64. */
const OTHER_DIGEST =
  /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{96}|[0-9a-f]{128}|(?:\\x|0x|sha256[:$])[0-9a-f]{64}|[a-z0-9+/]{43}=)$/i;

/** Shorter texts need no look. */
const SHORTEST_DIGEST = 32;

function otherDigest(text: string): QualitySuspicion | undefined {
  return text.length >= SHORTEST_DIGEST && OTHER_DIGEST.test(text) ? "other_digest" : undefined;
}

/** With its country code, no number has fewer digits. */
const SHORTEST_PHONE = 7;

function shortPhone(text: string): QualitySuspicion | undefined {
  return text.replace(/\D/g, "").length < SHORTEST_PHONE ? "short_phone" : undefined;
}

/** A record's `country` gives a calling code: what is sent is not what the number is by itself then. */
function nationalPhone(normalize: JudgedField["normalize"]): Rule {
  return (text, sent) =>
    !hasCallingCode(text) && sent === sha256(normalize(text)) ? "no_calling_code" : undefined;
}

function twoDates(text: string): QualitySuspicion | undefined {
  return hasTwoReadings(text) ? "ambiguous_date" : undefined;
}

function givenDigestSuspicion(text: string): QualitySuspicion | undefined {
  const digest = text.toLowerCase();
  if (isDigestOfNothing(digest)) return "digest_of_nothing";
  if (isStandInDigest(digest)) return "digest_of_stand_in";
  return /^[^.]*[A-F]/.test(text) ? "upper_case_digest" : undefined;
}
