/**
 * What Meta's pages say and Meta's own tests assert of normalising: invented values, each with its
 * source. Selected from the test suites of Meta's libraries, copyright Meta Platforms, Inc. and
 * affiliates; every digest was computed again from the normalised text.
 */
import { readFileSync } from "node:fs";
import type { JsonObject } from "../../src/core/json.js";
import { isJsonObject, ownValue, parseJson } from "../../src/core/json.js";
import type { NormalizerName } from "../../src/normalize/index.js";
import { hashOrKeep } from "../../src/normalize/hash-or-keep.js";
import { dropped, type Normalized } from "../../src/normalize/normalizer.js";
import { normalizerOf } from "../../src/normalize/normalizer-of.js";

/** One value before and after. */
export interface Vector {
  readonly field: string;
  readonly input: string;
  /** What the source makes of it; `undefined` where it drops it. */
  readonly normalized: string | undefined;
  readonly sha256: string | undefined;
  readonly country: string | undefined;
  /** What Meta's pages say, where that differs and can be said. */
  readonly docs: string | undefined;
  readonly note: string | undefined;
  readonly disputed: boolean;
  readonly rejected: boolean;
}

/** All vectors, in the order of the file. */
export function vectors(): readonly Vector[] {
  const lines = readFileSync(new URL("meta-vectors.ndjson", import.meta.url), "utf8").split("\n");
  return lines.filter((line) => line !== "").map(vectorOf);
}

function vectorOf(line: string): Vector {
  const parsed = parseJson(line);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new TypeError(`no vector: ${line}`);
  const { value } = parsed;
  const context = ownValue(value, "context");
  return {
    field: text(value, "field") ?? "",
    input: text(value, "input") ?? "",
    normalized: text(value, "normalized"),
    sha256: text(value, "sha256"),
    country: isJsonObject(context) ? text(context, "country") : undefined,
    docs: text(value, "docs_normalized"),
    note: text(value, "note"),
    disputed: ownValue(value, "disputed") === true,
    rejected: ownValue(value, "rejected") === true,
  };
}

function text(object: JsonObject, name: string): string | undefined {
  const value = ownValue(object, name);
  return typeof value === "string" ? value : undefined;
}

/** The normaliser of each field; `external_id` has none. */
export const NORMALIZER_OF: Readonly<Record<string, NormalizerName>> = {
  em: "meta_email",
  EMAIL: "meta_email",
  ph: "meta_phone",
  PHONE: "meta_phone",
  fn: "meta_name",
  f5first: "meta_f5",
  ge: "meta_gender",
  db: "meta_birth_date",
  doby: "meta_birth_year",
  dobm: "meta_birth_month",
  dobd: "meta_birth_day",
  ct: "meta_city",
  st: "meta_state",
  zp: "meta_zip",
  country: "meta_country",
};

/** What the normalisers of a field make of text. */
export function normalized(field: string, input: string, country?: string): Normalized {
  const name = NORMALIZER_OF[field];
  const trimmed = input.trim();
  if (trimmed === "") return dropped("nothing_left");
  return normalizerOf(name === undefined ? [] : [name])(trimmed, country);
}

/** What is sent of a vector's value; `undefined` where it is dropped. */
export function sent({ field, input, country }: Vector): string | undefined {
  return textOf(hashOrKeep(input, (given) => normalized(field, given, country)));
}

/** The text of a value that is not dropped. */
export function textOf(result: Normalized): string | undefined {
  if (typeof result === "string") return result;
  return result.kind === "suspicious" ? result.text : undefined;
}

/** A value as the pages under `docs/` show it. */
export function shown(value: string): string {
  const json = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  const visible = json.replace(
    /[\u007f\u00a0]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `\`${visible.startsWith(" ") || visible.endsWith(" ") ? `"${visible}"` : visible}\``.replaceAll(
    "|",
    "\\|",
  );
}

/** What became of a value, as the pages under `docs/` show it. */
export function outcome(result: Normalized): string {
  if (typeof result === "string") return shown(result);
  return result.kind === "dropped"
    ? `dropped: \`${result.reason}\``
    : `${shown(result.text)}, counted: \`${result.reason}\``;
}

/** A disputed value with both readings and what is done here, as a row of a table. */
export function disputedRow(vector: Vector): string {
  const { field, input, docs, normalized: library, country } = vector;
  const cells = [
    `\`${field}\``,
    shown(input),
    docs === undefined ? "–" : shown(docs),
    library === undefined ? "dropped" : shown(library),
    outcome(normalized(field, input, country)),
  ];
  return `| ${cells.join(" | ")} |`;
}
