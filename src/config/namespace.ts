/** Namespaces: `destinations.meta` names variables `DESTINATIONS__META__…` and a table of a TOML file. */
import { isJsonObject, ownValue, type Json, type JsonObject } from "../core/json.js";
import { nodeOf } from "../core/yaml.js";
import { tomlFileOf, type ConfigSources } from "./config-sources.js";
import { Field, valueOrigin } from "./field.js";
import type { Problems } from "./problems.js";
import { refusalOf } from "./refused-keys.js";
import { readText } from "./scalars.js";

/** A value that a namespace holds, with its place. */
export interface NamespaceValue {
  readonly value: Json;
  readonly field: Field;
}

/** The variable of a key. @example environmentName("destinations.meta", "api_version") */
export function environmentName(namespace: string, key: string): string {
  return `${namespace}.${key}`.replaceAll(".", "__").toUpperCase();
}

/** The key of a namespace in the TOML file, for messages. */
export function tomlName(namespace: string, key: string, sources: ConfigSources): string {
  return `\`${key}\` in the table \`[${namespace}]\` of \`${tomlFileOf(sources)}\``;
}

/** The environment, then the TOML file. A blank variable counts as not set. */
export function findInNamespace(
  namespace: string,
  key: string,
  sources: ConfigSources,
): NamespaceValue | undefined {
  const name = environmentName(namespace, key);
  const variable = sources.env[name];
  if (variable !== undefined && variable.trim() !== "")
    return { value: variable, field: new Field(nodeOf(variable), name, ENVIRONMENT) };
  const table = tableOf(namespace, sources);
  const value = table && ownValue(table, key);
  if (value === undefined) return undefined;
  const origin = valueOrigin(tomlFileOf(sources));
  return { value, field: new Field(nodeOf(value), `${namespace}.${key}`, origin) };
}

/** Reads the name of a namespace. */
export function readNamespace(field: Field, problems: Problems): string | undefined {
  const text = readText(field, problems);
  if (text === undefined || /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(text)) return text;
  return problems.invalidValue(
    field,
    "is no namespace",
    "Write names with dots between them, like `destinations.meta`.",
  );
}

/** Reports a `base_url` that a namespace holds; keys are looked at, values are not. */
export function refuseBaseUrl(namespace: string, sources: ConfigSources, problems: Problems): void {
  const variable = environmentName(namespace, "base_url");
  const inEnvironment = sources.env[variable] === undefined ? [] : [variable];
  for (const path of inEnvironment) refuse(new Field(NOTHING, path, ENVIRONMENT), problems);
  for (const key of Object.keys(tableOf(namespace, sources) ?? {})) {
    if (refusalOf(key)?.code !== "base_url") continue;
    const origin = valueOrigin(tomlFileOf(sources));
    refuse(new Field(NOTHING, `${namespace}.${key}`, origin), problems);
  }
}

const ENVIRONMENT = valueOrigin("the environment");
const NOTHING = nodeOf(null);

function refuse(field: Field, problems: Problems): void {
  const refusal = refusalOf("base_url");
  if (refusal === undefined) return;
  problems.report(
    refusal.code,
    field.place,
    `\`${field.path}\` ${refusal.message}`,
    refusal.remedy,
  );
}

function tableOf(namespace: string, { toml }: ConfigSources): JsonObject | undefined {
  let table: Json | undefined = toml;
  for (const part of namespace.split("."))
    table = isJsonObject(table) ? ownValue(table, part) : undefined;
  return isJsonObject(table) ? table : undefined;
}
