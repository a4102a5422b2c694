/** A world in which everything is well; each test changes what it is about. */
import type { AudienceDetails } from "../../src/graph/audience-details.js";
import { API_VERSION } from "../../src/generated/constants.js";
import type {
  Asked,
  AskedMeta,
  Facts,
  KnownAudience,
  OpenStore,
  Refused,
} from "../../src/doctor/facts.js";

/** 2026-05-04T12:00:00Z. */
export const NOW = 1_777_896_000_000;
export const DAY_SECONDS = 86_400;
export const IN_SECONDS = NOW / 1000;

/** A refusal that names neither token nor a missing object. */
export const REFUSED: Refused = {
  kind: "refused",
  class: "transient",
  byToken: false,
  missing: false,
  unsent: false,
  summary: "Meta met an unknown error (code 1). Wait and run again.",
  page: undefined,
};

export const TOKEN = {
  type: "SYSTEM_USER",
  isValid: true,
  expiresAt: undefined,
  dataAccessEndsAt: undefined,
  permissions: ["ads_management"],
  invalidFor: undefined,
} as const;

export const DETAILS: AudienceDetails = {
  id: "77",
  accountId: "111",
  name: "VIP",
  subtype: "CUSTOM",
  operationStatus: 200,
  deliveryStatus: 200,
  size: { from: 1000, to: 2000 },
  isValueBased: false,
  isReadOnly: false,
  deleteTime: undefined,
  flaggedFields: [],
};

export const ACCOUNT = { name: "Shop", status: 1, termsAccepted: true } as const;
export const PIXEL = { name: "Web", isUnavailable: false, ownerAccountId: undefined } as const;

const META: AskedMeta = {
  kind: "asked",
  surfaces: ["custom_audiences", "events"],
  adAccountId: "111",
  apiVersion: API_VERSION,
  token: known(TOKEN),
  permissions: { kind: "not_asked" },
  account: known(ACCOUNT),
  audiences: { listing: known(null), known: [] },
  pixels: [],
  clockAheadMs: 400,
  upgraded: false,
};

const STORE: OpenStore = {
  kind: "open",
  name: "state.duckdb",
  bytes: 1_234_567,
  openRequests: 0,
  unended: [],
  needsPerson: [],
};

export function known<T>(value: T): Asked<T> {
  return { kind: "known", value };
}

/** All is well, but for what is said. */
export function facts(meta: Partial<AskedMeta> = {}, store: Facts["store"] = STORE): Facts {
  return { now: NOW, meta: { ...META, ...meta }, store };
}

/** A store in which all is well, but for what is said. */
export function store(differs: Partial<OpenStore>): OpenStore {
  return { ...STORE, ...differs };
}

/** The one audience that the store knows, in a state. */
export function audience(
  differs: Partial<AudienceDetails>,
  from: KnownAudience["from"] = "store",
): Pick<AskedMeta, "audiences"> {
  return inState(known({ ...DETAILS, ...differs }), from);
}

export function inState(
  state: KnownAudience["state"],
  from: KnownAudience["from"] = "store",
): Pick<AskedMeta, "audiences"> {
  const one = { target: "VIP", audienceId: "77", from, state };
  return { audiences: { listing: known(null), known: [one] } };
}
