import { ACCOUNT_STATUSES, WORKING_ACCOUNTS } from "../generated/constants.js";
import type { AdAccount } from "../graph/ad-account.js";
import type { AskedMeta, Refused } from "./facts.js";
import type { Finding } from "./finding.js";
import { meaningOf } from "./meaning.js";
import { PAGES } from "./pages.js";

/** Judges the ad account: whether it is reached, works, and has its terms accepted. */
export function judgeAccount(meta: AskedMeta): readonly Finding[] {
  const { account, adAccountId, surfaces } = meta;
  const forAudiences = surfaces.includes("custom_audiences");
  if (account.kind === "known") {
    const status = judgeStatus(account.value, adAccountId);
    return forAudiences ? [...status, ...judgeTerms(account.value, adAccountId)] : status;
  }
  if (account.kind === "not_asked" || account.unsent || account.byToken) return [];
  return [unreached(account, adAccountId, forAudiences)];
}

/** Events need nothing of the ad account: a token of the Events Manager sees none. */
function unreached(refused: Refused, adAccountId: string, forAudiences: boolean): Finding {
  const { class: why, missing, summary } = refused;
  const page = refused.page === undefined ? {} : { page: refused.page };
  if (why !== "account" && !missing)
    return {
      code: "meta.unreachable",
      severity: "warning",
      message: `Meta did not tell about the ad account ${adAccountId}`,
      remedy: summary,
      ...page,
    };
  return {
    code: "account.unreachable",
    severity: forAudiences ? "blocked" : "note",
    message: forAudiences
      ? `the token does not reach the ad account ${adAccountId}`
      : `the token does not reach the ad account ${adAccountId}, which events can do without`,
    remedy: `Check the number, and give the token's owner the ad account. ${summary}`,
    page: PAGES.account,
  };
}

function judgeStatus({ status }: AdAccount, adAccountId: string): readonly Finding[] {
  if (status === undefined || WORKING_ACCOUNTS.some((one) => one === status)) return [];
  return [
    {
      code: "account.status",
      severity: "warning",
      message: `the ad account ${adAccountId} is not in order: ${meaningOf(ACCOUNT_STATUSES, status)}`,
      remedy: "See in the Ads Manager what Meta asks of it; uploads may be refused until then.",
      page: PAGES.account,
    },
  ];
}

function judgeTerms({ termsAccepted }: AdAccount, adAccountId: string): readonly Finding[] {
  if (termsAccepted === true) return [];
  const link = `https://business.facebook.com/ads/manage/customaudiences/tos/?act=${adAccountId}`;
  if (termsAccepted === false)
    return [
      {
        code: "account.terms",
        severity: "blocked",
        message: `nobody has accepted the custom audience terms for the ad account ${adAccountId}`,
        remedy: `Let an admin accept them at ${link}`,
        page: PAGES.terms,
      },
    ];
  return [
    {
      code: "account.terms_unknown",
      severity: "note",
      message: `Meta does not tell whether the custom audience terms are accepted for the ad account ${adAccountId}`,
      remedy: `Look at ${link}`,
      page: PAGES.terms,
    },
  ];
}
