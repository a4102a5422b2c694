/** What the doctor finds. */
import { anchorOf } from "../core/manual-place.js";

/**
 * How much it matters: nothing can be delivered; something should be done about it; or it is worth
 * knowing and not wrong.
 */
export type Severity = "blocked" | "warning" | "note";

/** One thing that was found, with its remedy. */
export interface Finding {
  /** `area.snake_case`; `docs/doctor.md` has a section of this name. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What is so, one sentence without its full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Meta's page, where Meta has a say in it. */
  readonly page?: string;
}

/** Every code that a finding may have. */
export const FINDING_CODES = [
  "token.missing",
  "token.invalid",
  "token.expires_soon",
  "token.data_access_ends",
  "token.kind",
  "token.permission",
  "token.undescribed",
  "account.unreachable",
  "account.status",
  "account.terms",
  "account.terms_unknown",
  "audience.unlisted",
  "audience.missing",
  "audience.flagged",
  "audience.busy",
  "audience.status",
  "audience.read_only",
  "audience.subtype",
  "audience.other_account",
  "pixel.unreachable",
  "pixel.unavailable",
  "pixel.other_account",
  "version.ended",
  "version.ends_soon",
  "version.end_unknown",
  "version.unknown",
  "version.upgraded",
  "clock.skew",
  "meta.unreachable",
  "store.unusable",
  "store.needs_you",
  "store.open",
  "doctor.no_binding",
] as const;

/** One of {@link FINDING_CODES}. */
export type FindingCode = (typeof FINDING_CODES)[number];

/** Where the manual says more. */
export function manualPlace(code: FindingCode): string {
  return `docs/doctor.md#${anchorOf(code)}`;
}
