import { safeName } from "../core/redact.js";
import { OPERATION_STATUSES, REFUSED_AS, TROUBLED_STATUSES } from "../generated/constants.js";
import { ERROR_RULES } from "../generated/errors.js";
import { SUBTYPE } from "../graph/audiences.js";
import type { AudienceDetails } from "../graph/audience-details.js";
import { instant } from "../report/instant.js";
import type { AskedMeta, KnownAudience } from "./facts.js";
import type { Finding, FindingCode } from "./finding.js";
import { meaningOf } from "./meaning.js";
import { PAGES } from "./pages.js";

/** Judges the audiences that the binding and the store name. */
export function judgeAudiences({ audiences, adAccountId }: AskedMeta): readonly Finding[] {
  const { listing, known } = audiences;
  const unlisted: readonly Finding[] =
    listing.kind === "refused" && !listing.unsent && !listing.byToken
      ? [
          {
            code: "audience.unlisted",
            severity: "warning",
            message: `the audiences of the ad account ${adAccountId} cannot be listed`,
            remedy: listing.summary,
            page: listing.page ?? PAGES.audience,
          },
        ]
      : [];
  return [...unlisted, ...known.flatMap((audience) => judgeAudience(audience, adAccountId))];
}

function judgeAudience(audience: KnownAudience, adAccountId: string): readonly Finding[] {
  const { state, target, audienceId, from } = audience;
  const name = `"${safeName(target)}" (${audienceId})`;
  if (state.kind === "known") return judgeState(state.value, name, adAccountId);
  if (state.kind === "not_asked" || !state.missing) return [];
  return [
    warning(
      "audience.missing",
      `there is no audience ${name}, or the token may not see it`,
      from === "binding"
        ? "Mend its id in `targets`, or leave it out there: then it is found by its name, or created."
        : `If it was deleted, \`targets forget\` lets the next run look the name up or create it.`,
    ),
  ];
}

function judgeState(state: AudienceDetails, name: string, adAccountId: string): readonly Finding[] {
  const { subtype, accountId, isReadOnly } = state;
  const found = [...judgeStatus(state, name)];
  if (isReadOnly)
    found.push(
      warning(
        "audience.read_only",
        `the token may not change the audience ${name}`,
        "Give the token's owner the right to manage the ad account's audiences, or send to another one.",
      ),
    );
  if (subtype !== undefined && subtype !== SUBTYPE)
    found.push(
      warning(
        "audience.subtype",
        `the audience ${name} is of the subtype ${subtype}, which takes no uploads`,
        `Name an audience that is a customer list, of the subtype ${SUBTYPE}.`,
      ),
    );
  if (accountId !== undefined && accountId !== adAccountId)
    found.push(
      warning(
        "audience.other_account",
        `the audience ${name} belongs to the ad account ${accountId}, not to ${adAccountId}`,
        "Set `ad_account_id` to the one that it belongs to, or send to an audience of your own.",
      ),
    );
  return found;
}

function judgeStatus(state: AudienceDetails, name: string): readonly Finding[] {
  const { operationStatus: code, flaggedFields, deleteTime } = state;
  if (code === undefined) return [];
  const refused = refusalIn(code);
  const meaning = meaningOf(OPERATION_STATUSES, code);
  if (refused !== undefined) {
    // A replace ends by itself; nothing else that refuses uploads does.
    const passes = refused.class === "throttle" || refused.class === "transient";
    const fields = flaggedFields.length === 0 ? "" : `, for its ${flaggedFields.join(" and ")}`;
    return [
      {
        code: passes ? "audience.busy" : "audience.flagged",
        severity: passes ? "note" : "warning",
        message: `the audience ${name} takes no uploads: ${meaning}${fields}`,
        remedy: refused.advice,
        page: refused.page,
      },
    ];
  }
  if (!TROUBLED_STATUSES.some((one) => one === code)) return [];
  const end = deleteTime === undefined ? "" : `, at ${instant(deleteTime * 1000)}`;
  return [
    warning(
      "audience.status",
      `the audience ${name} is not in order: ${meaning}${end}`,
      "See in the Ads Manager what Meta says about it.",
    ),
  ];
}

/** The error with which Meta refuses uploads in that state. */
function refusalIn(status: number) {
  const [, error] = Object.entries(REFUSED_AS).find(([code]) => code === String(status)) ?? [];
  if (error === undefined) return undefined;
  return ERROR_RULES.find(({ code, subcode }) => code === error.code && subcode === error.subcode);
}

function warning(code: FindingCode, message: string, remedy: string): Finding {
  return { code, severity: "warning", message, remedy, page: PAGES.audience };
}
