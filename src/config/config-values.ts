/** How each key of `config` is read, wherever its value stands. */
import {
  ACTION_SOURCES,
  API_VERSION,
  CUSTOMER_FILE_SOURCES,
  type ActionSource,
  type CustomerFileSource,
} from "../generated/constants.js";
import type { CONFIG_KEYS } from "./binding-keys.js";
import type { Field } from "./field.js";
import { readNamed } from "./named-values.js";
import type { Problems } from "./problems.js";
import { readId, readOneOf, readText } from "./scalars.js";
import type { Reader } from "./section.js";

interface ConfigTypes {
  readonly ad_account_id: string;
  readonly api_version: string;
  readonly custom_audience_customer_file_source: CustomerFileSource;
  readonly action_source: ActionSource;
  readonly pixel_id: string;
  readonly event_routes: ReadonlyMap<string, string>;
  readonly test_event_code: string;
}

/** The readers of `config`. */
export const CONFIG_READERS: {
  readonly [K in (typeof CONFIG_KEYS)[number]]: Reader<ConfigTypes[K]>;
} = {
  ad_account_id: readAdAccountId,
  api_version: readApiVersion,
  custom_audience_customer_file_source: readOneOf(CUSTOMER_FILE_SOURCES),
  action_source: readOneOf(ACTION_SOURCES),
  pixel_id: readId,
  event_routes: readNamed(readId),
  test_event_code: readTestEventCode,
};

/** With or without `act_`; kept without. */
function readAdAccountId(field: Field, problems: Problems): string | undefined {
  const { node } = field;
  if (node.kind !== "scalar" || typeof node.value !== "string") return readId(field, problems);
  const id = /^(?:act_)?(\d+)$/.exec(node.value.trim())?.[1];
  return (
    id ??
    problems.invalidValue(
      field,
      "is no ad account id",
      "Write the id's digits in quotes, with or without `act_` before them.",
    )
  );
}

/** It becomes part of every path, so nothing but a version passes. */
function readApiVersion(field: Field, problems: Problems): string | undefined {
  const text = readText(field, problems);
  if (text === undefined) return undefined;
  const version = text.replace(/^[\s/]+|[\s/]+$/g, "");
  if (/^v\d+\.\d+$/.test(version)) return version;
  const found = version === "" ? "is empty without its slashes" : "is no version of the Graph API";
  return problems.invalidValue(
    field,
    found,
    `Write a version like \`${API_VERSION}\`, or remove the key to get that one.`,
  );
}

/** Blank text is as good as none, so that a variable in a template may stay empty. */
function readTestEventCode(field: Field, problems: Problems): string | undefined {
  const { node } = field;
  const blank = node.kind === "scalar" && (node.value === null || String(node.value).trim() === "");
  return blank ? undefined : readText(field, problems);
}
