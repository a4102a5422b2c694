import type { JsonObject } from "../core/json.js";
import type { Answer, JsonAnswer } from "./answer.js";
import { classify, type FailedAnswer } from "./classification.js";
import type { GraphClient } from "./client.js";
import { readListed, type ListedAudience } from "./listed-audience.js";
import { readPage } from "./page.js";

/** Some audiences of an ad account, or the answer at which listing them ended. */
export type Listing<T = ListedAudience> =
  | { readonly kind: "listed"; readonly audiences: readonly T[] }
  | { readonly kind: "refused"; readonly answer: FailedAnswer }
  /** A page that is none, or that was there before. */
  | { readonly kind: "unreadable"; readonly answer: JsonAnswer };

/** What is read of each audience. */
export interface AudienceReading<T> {
  /** Names of fields, separated by commas. */
  readonly fields: string;
  /** Gives nothing for what is no audience. */
  readonly read: (entry: JsonObject) => T | undefined;
}

const FOR_FINDING: AudienceReading<ListedAudience> = {
  fields: "id,name,subtype,operation_status",
  read: readListed,
};
const PAGE_SIZE = 100;

/**
 * Reads every page of an ad account's audiences and keeps those that are meant: Meta filters neither by
 * name nor by id.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ad-account/customaudiences
 */
export function listAudiences(
  client: Pick<GraphClient, "listAudiences">,
  adAccountId: string,
  isMeant: (audience: ListedAudience) => boolean,
): Promise<Listing> {
  return readAudiences(client, adAccountId, FOR_FINDING, isMeant);
}

/** The same, with other fields of each audience. */
export async function readAudiences<T>(
  client: Pick<GraphClient, "listAudiences">,
  adAccountId: string,
  { fields, read }: AudienceReading<T>,
  isMeant: (audience: T) => boolean,
): Promise<Listing<T>> {
  const audiences: T[] = [];
  const seen = new Set<string | undefined>();
  let limit = PAGE_SIZE;
  let after: string | undefined;
  for (;;) {
    const cursor = after === undefined ? {} : { after };
    const answer = await client.listAudiences(adAccountId, { fields, limit, ...cursor });
    if (limit > 1 && asksForLess(answer)) {
      limit = Math.floor(limit / 2);
      continue;
    }
    if (answer.kind !== "json") return { kind: "refused", answer };
    const page = readPage(answer.body, read);
    if (page === undefined || seen.has(page.after)) return { kind: "unreadable", answer };
    audiences.push(...page.entries.filter(isMeant));
    if (page.after === undefined) return { kind: "listed", audiences };
    after = page.after;
    seen.add(after);
  }
}

/** So Meta answers when a page costs it too much. */
function asksForLess(answer: Answer): boolean {
  return answer.kind !== "json" && classify(answer).class === "batch";
}
