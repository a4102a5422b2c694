import { instant } from "../report/instant.js";
import type { AskedMeta } from "./facts.js";
import type { Finding } from "./finding.js";
import { daysUntil } from "./days.js";
import { PAGES } from "./pages.js";
import type { TokenDescription } from "../graph/token.js";

/** So many days before its end a token is worth a thought. */
const SOON = 14;

/** Without it no audience is changed; events go out with tokens that have nothing but their pixel. */
const NEEDED = "ads_management";

/** Judges the token by what Meta says of it, and by how Meta takes it. */
export function judgeToken(meta: AskedMeta, now: number): readonly Finding[] {
  const refusal = tokenRefusal(meta);
  if (refusal !== undefined) return [refusal];
  const { token } = meta;
  return [
    ...(token.kind === "known" ? judgeDescription(token.value, now) : undescribed(meta)),
    ...judgePermissions(meta),
  ];
}

/** Meta took the token for none, whichever call it was. */
function tokenRefusal({ token, permissions, account }: AskedMeta): Finding | undefined {
  if (token.kind === "known" && !token.value.isValid) return invalid(token.value);
  const refused = [token, permissions, account].find(
    (asked) => asked.kind === "refused" && (asked.unsent || asked.byToken),
  );
  if (refused?.kind !== "refused") return undefined;
  return {
    code: refused.unsent ? "token.missing" : "token.invalid",
    severity: "blocked",
    message: refused.unsent ? "there is no access token to ask with" : "Meta refuses the token",
    remedy: refused.summary,
    page: refused.page ?? PAGES.token,
  };
}

function invalid({ invalidFor: rule }: TokenDescription): Finding {
  return {
    code: "token.invalid",
    severity: "blocked",
    message: rule?.meaning.replace(/\.$/, "") ?? "the token does not work any more",
    remedy: rule?.advice ?? "Make a new access token.",
    page: PAGES.token,
  };
}

function judgeDescription(token: TokenDescription, now: number): readonly Finding[] {
  const { type = "unknown", expiresAt, dataAccessEndsAt } = token;
  const found: Finding[] = [];
  if (expiresAt !== undefined && daysUntil(expiresAt * 1000, now) <= SOON)
    found.push({
      code: "token.expires_soon",
      severity: "warning",
      message: `the token ends at ${instant(expiresAt * 1000)}, in ${daysText(expiresAt, now)}`,
      remedy: "Make a new one before; one of a system user can be made without an end.",
      page: PAGES.systemUser,
    });
  if (dataAccessEndsAt !== undefined && daysUntil(dataAccessEndsAt * 1000, now) <= SOON)
    found.push({
      code: "token.data_access_ends",
      severity: "warning",
      message: `the app's access to the person's data ends at ${instant(dataAccessEndsAt * 1000)}`,
      remedy: "Let that person sign in to the app again, or use a token of a system user.",
      page: PAGES.token,
    });
  if (type !== SYSTEM_USER)
    found.push({
      code: "token.kind",
      severity: "warning",
      message: `the token is of the type ${type}, and ends when that person leaves, changes the password or signs out`,
      remedy: "Deliver with the token of a system user, which belongs to the business.",
      page: PAGES.systemUser,
    });
  return found;
}

const SYSTEM_USER = "SYSTEM_USER";

function daysText(seconds: number, now: number): string {
  const days = Math.max(0, Math.floor(daysUntil(seconds * 1000, now)));
  return days === 1 ? "1 day" : `${String(days)} days`;
}

/** Other questions tell whether it works: this one tells only for how long. */
function undescribed({ token }: AskedMeta): readonly Finding[] {
  if (token.kind !== "refused") return [];
  return [
    {
      code: "token.undescribed",
      severity: "note",
      message: "Meta does not describe the token to itself, so its type and its end are not known",
      remedy: `Look it up in Meta's token debugger. ${token.summary}`,
      page: "https://developers.facebook.com/tools/debug/accesstoken/",
    },
  ];
}

function judgePermissions({ token, permissions, surfaces }: AskedMeta): readonly Finding[] {
  const granted =
    token.kind === "known"
      ? token.value.permissions
      : permissions.kind === "known"
        ? permissions.value
        : undefined;
  if (granted === undefined || granted.includes(NEEDED) || !surfaces.includes("custom_audiences"))
    return [];
  return [
    {
      code: "token.permission",
      severity: "blocked",
      message: `the token lacks the permission \`${NEEDED}\`, without which no audience is changed`,
      remedy: `Make a token with it; this one has ${granted.length === 0 ? "none" : granted.join(", ")}.`,
      page: PAGES.permissions,
    },
  ];
}
