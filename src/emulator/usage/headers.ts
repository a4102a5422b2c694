import type { Share, Usage } from "./usage.js";
import { TIER } from "./usage.js";

/**
 * The headers in which Meta tells how much of its limits is used up.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function usageHeaders({ app, account }: Usage): Readonly<Record<string, string>> {
  const appUsage = { "x-app-usage": JSON.stringify(percentages(app)) };
  if (account === undefined) return appUsage;
  return {
    ...appUsage,
    "x-ad-account-usage": JSON.stringify({
      acc_id_util_pct: account.percent,
      reset_time_duration: account.regainMinutes * 60,
      ads_api_access_tier: TIER,
    }),
    "x-business-use-case-usage": JSON.stringify({
      [account.id]: [
        {
          type: "custom_audience",
          ...percentages(account),
          estimated_time_to_regain_access: account.regainMinutes,
        },
      ],
    }),
  };
}

/** The emulator counts calls only, and no time. */
function percentages({ percent }: Share): Readonly<Record<string, number>> {
  return { call_count: percent, total_time: 0, total_cputime: 0 };
}
