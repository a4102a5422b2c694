import type { Answer, JsonAnswer } from "./answer.js";
import { readAudiencePage, type ListedAudience } from "./audience-page.js";
import { classify, type FailedAnswer } from "./classification.js";
import type { GraphClient } from "./client.js";

/** Some audiences of an ad account, or the answer at which listing them ended. */
export type Listing =
  | { readonly kind: "listed"; readonly audiences: readonly ListedAudience[] }
  | { readonly kind: "refused"; readonly answer: FailedAnswer }
  /** A page that is none, or that was there before. */
  | { readonly kind: "unreadable"; readonly answer: JsonAnswer };

const FIELDS = "id,name,subtype,operation_status";
const PAGE_SIZE = 100;

/**
 * Reads every page of an ad account's audiences and keeps those that are meant: Meta filters neither by
 * name nor by id.
 * @see https://developers.facebook.com/documentation/ads-commerce/marketing-api/reference/ad-account/customaudiences
 */
export async function listAudiences(
  client: GraphClient,
  adAccountId: string,
  isMeant: (audience: ListedAudience) => boolean,
): Promise<Listing> {
  const audiences: ListedAudience[] = [];
  const seen = new Set<string | undefined>();
  let limit = PAGE_SIZE;
  let after: string | undefined;
  for (;;) {
    const cursor = after === undefined ? {} : { after };
    const answer = await client.listAudiences(adAccountId, { fields: FIELDS, limit, ...cursor });
    if (limit > 1 && asksForLess(answer)) {
      limit = Math.floor(limit / 2);
      continue;
    }
    if (answer.kind !== "json") return { kind: "refused", answer };
    const page = readAudiencePage(answer.body);
    if (page === undefined || seen.has(page.after)) return { kind: "unreadable", answer };
    audiences.push(...page.audiences.filter(isMeant));
    if (page.after === undefined) return { kind: "listed", audiences };
    after = page.after;
    seen.add(after);
  }
}

/** So Meta answers when a page costs it too much. */
function asksForLess(answer: Answer): boolean {
  return answer.kind !== "json" && classify(answer).class === "batch";
}
