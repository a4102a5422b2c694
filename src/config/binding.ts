/** A binding: one configured destination. */
import type { Transport } from "../core/ports.js";
import type { ActionSource, CustomerFileSource } from "../generated/constants.js";
import type { PersonalDataPolicy } from "../surfaces/personal-data.js";
import type { MappingReference } from "./mapping-reference.js";
import type { SecretRef } from "./secret-ref.js";
import type { StoreReference } from "./store-reference.js";

/** When a failed request stops a run. */
export const FAILURE_POLICIES = ["continue_on_any", "stop_on_terminal", "stop_on_any"] as const;

/** What to do with plain personal data where Meta wants none. */
export const PERSONAL_DATA_POLICIES = [
  "warn",
  "drop",
  "reject",
] as const satisfies readonly PersonalDataPolicy[];

/** The most requests that may be under way at once. */
export const MAX_CONCURRENCY = 16;

/** What is configured about Meta, for either surface. */
export interface BindingConfig {
  /** Digits, without `act_`. */
  readonly adAccountId: string;
  /** Like `v25.0`. */
  readonly apiVersion: string;
  readonly customerFileSource: CustomerFileSource;
  /** Always there for events. */
  readonly actionSource: ActionSource | undefined;
  /** Where events go whose name has no route of its own; for events this or a route is there. */
  readonly pixelId: string | undefined;
  /** Event name to pixel id. */
  readonly eventRoutes: ReadonlyMap<string, string>;
  readonly testEventCode: string | undefined;
}

/** One configured destination, resolved but for its secrets. */
export interface Binding {
  readonly bindingName: string;
  /** `undefined` when the declaration names none and the caller has its own. */
  readonly mapping: MappingReference | undefined;
  readonly config: BindingConfig;
  /** Logical target to audience id. */
  readonly targets: ReadonlyMap<string, string>;
  readonly credentials: { readonly accessToken: SecretRef };
  readonly onFailure: (typeof FAILURE_POLICIES)[number];
  readonly onPersonalData: PersonalDataPolicy;
  /** Requests under way at once, from 1 to {@link MAX_CONCURRENCY}. */
  readonly concurrency: number;
  /** Bytes of a request body. */
  readonly maxBodyBytes: number | undefined;
  /** Its store; only binding files name one. */
  readonly store: StoreReference | undefined;
  /** Only bindings from code have one; the real `fetch` when missing. */
  readonly transport: Transport | undefined;
}

/** What the `config.…` paths of a mapping read. */
export function configValues({ config }: Binding): ReadonlyMap<string, string> {
  const values: readonly (readonly [string, string | undefined])[] = [
    ["ad_account_id", config.adAccountId],
    ["api_version", config.apiVersion],
    ["custom_audience_customer_file_source", config.customerFileSource],
    ["action_source", config.actionSource],
    ["pixel_id", config.pixelId],
    ["test_event_code", config.testEventCode],
  ];
  return new Map(values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
