/** Every key of a binding, once, as files write it; code writes the same names in camel case. */
import type { Spelling } from "./field.js";

/** The keys of a binding file, and of `destination` in a sync file. */
export const BINDING_KEYS = [
  "binding_name",
  "mapping",
  "config",
  "config_namespace",
  "credential_namespace",
  "credentials",
  "targets",
  "on_failure",
  "on_personal_data",
  "concurrency",
  "max_body_bytes",
  "store",
] as const;

/** The keys of `config` that a namespace may give. */
export const NAMESPACE_KEYS = [
  "ad_account_id",
  "api_version",
  "custom_audience_customer_file_source",
] as const;

/** The keys of `config`. */
export const CONFIG_KEYS = [
  ...NAMESPACE_KEYS,
  "action_source",
  "pixel_id",
  "event_routes",
  "test_event_code",
] as const;

/** The keys of `credentials`. */
export const CREDENTIAL_KEYS = ["access_token"] as const;

/** One of {@link NAMESPACE_KEYS}. */
export type NamespaceKey = (typeof NAMESPACE_KEYS)[number];

/** `ad_account_id` as `adAccountId`. */
export type CamelCase<K extends string> = K extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : K;

/** A key as its input writes it. */
export function spelled(key: string, spelling: Spelling): string {
  if (spelling === "snake_case") return key;
  return key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
