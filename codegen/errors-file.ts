import type { Json, JsonObject } from "../src/core/json.js";
import type { Sources } from "./sources.js";
import type { SpecNode } from "./spec-node.js";

const EVIDENCE = ["meta.auth_failed", "meta.permission_denied"] as const;

/** `src/generated/errors.ts`: what Meta's error codes mean for a run. */
export function errorsFile({ errors }: Sources): string {
  const classes = errors.at("classes").entries();
  const names = classes.map(([name]) => name);
  const rules = errors
    .at("errors")
    .items()
    .map((entry) => rule(entry, names));
  const sorted = rules.toSorted((a, b) => rank(a) - rank(b));
  return `
/**
 * What an error means for a run.
 *
${classes.map(([name, sentence]) => ` * - \`${name}\`: ${sentence.text()}`).join("\n")}
 */
export type ErrorClass = ${names.map((name) => JSON.stringify(name)).join(" | ")};

/** An error of Meta's: a code, perhaps with a subcode or a text that its message contains, or a range. */
export interface ErrorRule {
  readonly code?: number;
  readonly subcode?: number;
  /** Lower-case text. */
  readonly message?: string;
  /** Both ends belong to the range. */
  readonly from?: number;
  readonly to?: number;
  readonly class: ErrorClass;
  /** Of class \`account\` only: what the error proves. */
  readonly evidence?: ${EVIDENCE.map((code) => JSON.stringify(code)).join(" | ")};
  /** Of class \`target\` only: the object does not exist, or the token may not see it. */
  readonly missing?: true;
  /** What happened, one sentence. */
  readonly meaning: string;
  /** What to do about it, one sentence. */
  readonly advice: string;
  /** Meta's page. */
  readonly page: string;
}

/** The first that matches wins: code and subcode, then code and message, then code, then ranges. */
export const ERROR_RULES: readonly ErrorRule[] = ${JSON.stringify(sorted)};
`;
}

function rule(entry: SpecNode, classes: readonly string[]): JsonObject {
  const errorClass = entry.at("class").oneOf(classes);
  const evidence = entry.at("evidence");
  if (evidence.exists && errorClass !== "account")
    evidence.fail("evidence belongs to class `account` only");
  const missing = entry.at("missing");
  if (missing.exists && (missing.value !== true || errorClass !== "target"))
    missing.fail("missing is `true`, and belongs to class `target` only");
  return {
    ...matched(entry),
    class: errorClass,
    ...(evidence.exists ? { evidence: evidence.oneOf(EVIDENCE) } : {}),
    ...(missing.exists ? { missing: true } : {}),
    meaning: entry.at("meaning").text(),
    advice: entry.at("advice").text(),
    page: entry.at("page").text(),
  };
}

function matched(entry: SpecNode): JsonObject {
  const code = entry.at("code");
  if (!code.exists) return { from: entry.at("from").number(), to: entry.at("to").number() };
  const subcode = entry.at("subcode");
  const message = entry.at("message");
  if (message.exists && message.text() !== message.text().toLowerCase())
    message.fail("the text is compared in lower case, so it has to be in lower case");
  return {
    code: code.number(),
    ...(subcode.exists ? { subcode: subcode.number() } : {}),
    ...(message.exists ? { message: message.text() } : {}),
  };
}

function rank(entry: Readonly<Record<string, Json>>): number {
  if (entry["subcode"] !== undefined) return 0;
  if (entry["message"] !== undefined) return 1;
  return entry["code"] === undefined ? 3 : 2;
}
