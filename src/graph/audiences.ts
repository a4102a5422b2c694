/** Managed audiences: found by their exact name, or created. */
import { ownValue } from "../core/json.js";
import type { Redactor } from "../core/redact.js";
import type { CustomerFileSource } from "../generated/constants.js";
import type { JsonAnswer } from "./answer.js";
import { readId, type ListedAudience } from "./listed-audience.js";
import type { FailedAnswer } from "./classification.js";
import type { GraphClient } from "./client.js";
import { listAudiences } from "./list-audiences.js";
import { failedOutcome, unprovenOutcome, type FailedOutcome, type Sent } from "./outcome.js";
import { readFlag } from "./read-value.js";

/** Which audience is wanted. */
export interface WantedAudience {
  /** With or without `act_`. */
  readonly adAccountId: string;
  /** The logical target; blanks around it do not count. */
  readonly name: string;
  /** Whether the mapping writes `LOOKALIKE_VALUE`, which only a value-based audience takes. */
  readonly valueBased: boolean;
}

/** An audience that is to be made. */
export interface NewAudience extends WantedAudience {
  readonly customerFileSource: CustomerFileSource;
}

/** A call that failed; the evidence's target is the logical one, and it counts no records. */
export interface FailedCall {
  readonly kind: "failed";
  readonly outcome: FailedOutcome;
}

/** What a look-up by name found. */
export type AudienceLookup =
  | { readonly kind: "found"; readonly id: string }
  | { readonly kind: "none" }
  /** Audiences of this name exist, but none that takes uploads. */
  | { readonly kind: "wrong_subtype"; readonly audiences: readonly ListedAudience[] }
  | { readonly kind: "several"; readonly ids: readonly string[] }
  | { readonly kind: "not_value_based"; readonly id: string }
  | FailedCall;

/** What creating an audience came to. */
export type AudienceCreation = { readonly kind: "created"; readonly id: string } | FailedCall;

/** The one subtype that takes uploads. */
export const SUBTYPE = "CUSTOM";

/**
 * Looks an audience up by exact name, in code units: several may have one. A wrong subtype counts only
 * without a right one.
 */
export async function findAudiences(
  client: GraphClient,
  wanted: WantedAudience,
  redact: Redactor,
): Promise<AudienceLookup> {
  const name = wanted.name.trim();
  const listing = await listAudiences(
    client,
    wanted.adAccountId,
    (audience) => audience.name === name,
  );
  if (listing.kind === "refused") return refused(listing.answer, wanted, redact);
  if (listing.kind === "unreadable")
    return unproven(listing.answer, wanted, redact, "Meta's list of audiences cannot be read.");
  const { audiences } = listing;
  const ids = audiences.filter(({ subtype }) => subtype === SUBTYPE).map(({ id }) => id);
  const [id, ...others] = ids;
  if (id === undefined)
    return audiences.length === 0 ? { kind: "none" } : { kind: "wrong_subtype", audiences };
  if (others.length > 0) return { kind: "several", ids };
  return wanted.valueBased ? findValueBased(client, id, wanted, redact) : { kind: "found", id };
}

/**
 * Creates a customer-list audience. After an unknown outcome it may exist: look it up before
 * creating it again.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ad-account/customaudiences
 */
export async function createAudience(
  client: GraphClient,
  wanted: NewAudience,
  redact: Redactor,
): Promise<AudienceCreation> {
  const name = wanted.name.trim();
  const answer = await client.createAudience(wanted.adAccountId, {
    name,
    subtype: SUBTYPE,
    customer_file_source: wanted.customerFileSource,
    description: `Managed by retl-meta for target "${name}".`,
    ...(wanted.valueBased ? { is_value_based: true } : {}),
  });
  if (answer.kind !== "json") return refused(answer, wanted, redact);
  const id = readId(answer.body);
  return id === undefined
    ? unproven(answer, wanted, redact, "Meta's answer does not name the new audience.")
    : { kind: "created", id };
}

/**
 * Whether an audience that cannot be read is gone from its ad account. Meta says the same of one that the
 * token may not see, so that counts only where the account's audiences can be listed, and this is none.
 */
export async function isGone(
  client: GraphClient,
  adAccountId: string,
  audienceId: string,
): Promise<boolean> {
  const listing = await listAudiences(client, adAccountId, ({ id }) => id === audienceId);
  return listing.kind === "listed" && listing.audiences.length === 0;
}

/** The kind is read of the one audience found; in the listing it would cost on every page. */
async function findValueBased(
  client: GraphClient,
  id: string,
  wanted: WantedAudience,
  redact: Redactor,
): Promise<AudienceLookup> {
  const answer = await client.readAudience(id, "id,is_value_based");
  if (answer.kind !== "json") return refused(answer, wanted, redact, id);
  const valueBased = readFlag(ownValue(answer.body, "is_value_based"));
  return { kind: valueBased ? "found" : "not_value_based", id };
}

function refused(
  answer: FailedAnswer,
  wanted: WantedAudience,
  redact: Redactor,
  ...ids: readonly string[]
): FailedCall {
  return { kind: "failed", outcome: failedOutcome(answer, callFor(wanted, ids), redact) };
}

function unproven(
  answer: JsonAnswer,
  wanted: WantedAudience,
  redact: Redactor,
  cause: string,
): FailedCall {
  return { kind: "failed", outcome: unprovenOutcome(answer, callFor(wanted), redact, cause) };
}

/** A call that carries no records. */
function callFor({ name, adAccountId }: WantedAudience, ids: readonly string[] = []): Sent {
  return {
    surface: "custom_audiences",
    target: name.trim(),
    fingerprint: "",
    recordCount: 0,
    itemCount: 0,
    ids: [adAccountId.replace(/^act_/, ""), ...ids],
  };
}
