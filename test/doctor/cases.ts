import type { Facts } from "../../src/doctor/facts.js";
import type { FindingCode, Severity } from "../../src/doctor/finding.js";
import { API_VERSION } from "../../src/generated/constants.js";
import { ERROR_RULES } from "../../src/generated/errors.js";
import {
  ACCOUNT,
  audience,
  DAY_SECONDS,
  facts,
  IN_SECONDS,
  inState,
  known,
  PIXEL,
  REFUSED,
  store,
  TOKEN,
} from "./facts.js";

export const MISSING = { ...REFUSED, class: "target", missing: true } as const;
export const BY_TOKEN = { ...REFUSED, class: "account", byToken: true } as const;
export const AUDIENCES = { surfaces: ["custom_audiences"] } as const;
export const EVENTS = { surfaces: ["events"] } as const;
const EXPIRED = ERROR_RULES.find(({ code, subcode }) => code === 190 && subcode === 463);

/** The facts of which nothing else is found. */
export type Case = readonly [code: FindingCode, severity: Severity, message: string, facts: Facts];

/** Each finding alone. */
export const CASES: readonly Case[] = [
  [
    "token.missing",
    "blocked",
    "there is no access token to ask with",
    facts({ token: { ...REFUSED, unsent: true }, account: { kind: "not_asked" } }),
  ],
  [
    "token.invalid",
    "blocked",
    "The access token has expired",
    facts({ token: known({ ...TOKEN, isValid: false, invalidFor: EXPIRED }) }),
  ],
  [
    "token.invalid",
    "blocked",
    "the token does not work any more",
    facts({ token: known({ ...TOKEN, isValid: false }) }),
  ],
  ["token.invalid", "blocked", "Meta refuses the token", facts({ account: BY_TOKEN })],
  [
    "token.expires_soon",
    "warning",
    "the token ends at 2026-05-18T12:00:00Z, in 14 days",
    facts({ token: known({ ...TOKEN, expiresAt: IN_SECONDS + 14 * DAY_SECONDS }) }),
  ],
  [
    "token.expires_soon",
    "warning",
    "the token ends at 2026-05-05T12:00:00Z, in 1 day",
    facts({ token: known({ ...TOKEN, expiresAt: IN_SECONDS + DAY_SECONDS }) }),
  ],
  [
    "token.data_access_ends",
    "warning",
    "the app's access to the person's data ends at 2026-05-04T12:00:00Z",
    facts({ token: known({ ...TOKEN, dataAccessEndsAt: IN_SECONDS }) }),
  ],
  [
    "token.kind",
    "warning",
    "the token is of the type USER, and ends when that person leaves, changes the password or signs out",
    facts({ token: known({ ...TOKEN, type: "USER" }) }),
  ],
  [
    "token.permission",
    "blocked",
    "the token lacks the permission `ads_management`, without which no audience is changed",
    facts({ token: known({ ...TOKEN, permissions: ["ads_read"] }) }),
  ],
  [
    "token.undescribed",
    "note",
    "Meta does not describe the token to itself, so its type and its end are not known",
    facts({ token: REFUSED, permissions: known(["ads_management"]) }),
  ],
  [
    "account.unreachable",
    "blocked",
    "the token does not reach the ad account 111",
    facts({ account: MISSING }),
  ],
  [
    "account.unreachable",
    "note",
    "the token does not reach the ad account 111, which events can do without",
    facts({ ...EVENTS, account: { ...REFUSED, class: "account" } }),
  ],
  [
    "account.status",
    "warning",
    "the ad account 111 is not in order: disabled",
    facts({ account: known({ ...ACCOUNT, status: 2 }) }),
  ],
  [
    "account.status",
    "warning",
    "the ad account 111 is not in order: status 999",
    facts({ account: known({ ...ACCOUNT, status: 999 }) }),
  ],
  [
    "account.terms",
    "blocked",
    "nobody has accepted the custom audience terms for the ad account 111",
    facts({ account: known({ ...ACCOUNT, termsAccepted: false }) }),
  ],
  [
    "account.terms_unknown",
    "note",
    "Meta does not tell whether the custom audience terms are accepted for the ad account 111",
    facts({ account: known({ ...ACCOUNT, termsAccepted: undefined }) }),
  ],
  [
    "audience.unlisted",
    "warning",
    "the audiences of the ad account 111 cannot be listed",
    facts({ audiences: { listing: REFUSED, known: [] } }),
  ],
  [
    "audience.missing",
    "warning",
    'there is no audience "VIP" (77), or the token may not see it',
    facts(inState(MISSING)),
  ],
  [
    "audience.flagged",
    "warning",
    'the audience "VIP" (77) takes no uploads: flagged by the integrity policy, so no upload is taken, for its name and description',
    facts(audience({ operationStatus: 471, flaggedFields: ["name", "description"] })),
  ],
  [
    "audience.busy",
    "note",
    'the audience "VIP" (77) takes no uploads: a replace is in progress, so no upload is taken',
    facts(audience({ operationStatus: 414 })),
  ],
  [
    "audience.status",
    "warning",
    'the audience "VIP" (77) is not in order: expiring after two years without use, deleted 90 days later, at 2026-05-04T12:00:00Z',
    facts(audience({ operationStatus: 100, deleteTime: IN_SECONDS })),
  ],
  [
    "audience.status",
    "warning",
    'the audience "VIP" (77) is not in order: low match rate',
    facts(audience({ operationStatus: 411 })),
  ],
  [
    "audience.read_only",
    "warning",
    'the token may not change the audience "VIP" (77)',
    facts(audience({ isReadOnly: true })),
  ],
  [
    "audience.subtype",
    "warning",
    'the audience "VIP" (77) is of the subtype WEBSITE, which takes no uploads',
    facts(audience({ subtype: "WEBSITE" })),
  ],
  [
    "audience.other_account",
    "warning",
    'the audience "VIP" (77) belongs to the ad account 222, not to 111',
    facts(audience({ accountId: "222" }, "binding")),
  ],
  [
    "pixel.unreachable",
    "warning",
    "there is no pixel 456, or the token may not see it",
    facts({ pixels: [{ pixelId: "456", state: MISSING }] }),
  ],
  [
    "pixel.unreachable",
    "warning",
    "Meta did not tell about the pixel 456",
    facts({ pixels: [{ pixelId: "456", state: REFUSED }] }),
  ],
  [
    "pixel.unavailable",
    "warning",
    "Meta calls the pixel 456 unavailable: its events are of no use",
    facts({ pixels: [{ pixelId: "456", state: known({ ...PIXEL, isUnavailable: true }) }] }),
  ],
  [
    "pixel.other_account",
    "note",
    "the pixel 456 belongs to the ad account 222, not to 111",
    facts({ pixels: [{ pixelId: "456", state: known({ ...PIXEL, ownerAccountId: "222" }) }] }),
  ],
  [
    "version.upgraded",
    "warning",
    `Meta answers in a newer version than ${API_VERSION}, which has ended`,
    facts({ upgraded: true }),
  ],
  [
    "version.unknown",
    "warning",
    "the API version v1.0 is not known here, nor when it ends",
    facts({ apiVersion: "v1.0" }),
  ],
  [
    "clock.skew",
    "warning",
    "the clock of this machine is 60 s ahead of Meta's",
    facts({ clockAheadMs: 60_000 }),
  ],
  [
    "clock.skew",
    "warning",
    "the clock of this machine is 3600 s behind Meta's",
    facts({ clockAheadMs: -3_600_000 }),
  ],
  [
    "meta.unreachable",
    "warning",
    "Meta did not tell about the ad account 111",
    facts({ account: REFUSED }),
  ],
  [
    "store.unusable",
    "warning",
    "the store is in use",
    facts(
      {},
      {
        kind: "unusable",
        name: "state.duckdb",
        fault: { code: "store.in_use", message: "the store is in use", remedy: "Wait." },
      },
    ),
  ],
  [
    "store.needs_you",
    "warning",
    "the store knows of something that no run mends of its own accord",
    facts({}, store({ needsPerson: ["First.", "Second."] })),
  ],
  ["store.open", "note", "1 request is not settled", facts({}, store({ openRequests: 1 }))],
  [
    "store.open",
    "note",
    "a run of `daily` has not ended: process 7 on host, since 2026-05-04T12:00:00Z",
    facts(
      {},
      store({
        unended: [{ sync: "daily", holder: "process 7 on host", startedAt: IN_SECONDS * 1000 }],
      }),
    ),
  ],
  [
    "doctor.no_binding",
    "note",
    "Meta was not asked, since nothing says with which token and about which ad account",
    { ...facts(), meta: { kind: "not_asked", apiVersion: API_VERSION } },
  ],
];
