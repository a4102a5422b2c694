import { nearName } from "../core/near-name.js";
import { fail, ok, type Result } from "../core/result.js";
import { quotedList } from "./problems.js";
import { PATH_ROOTS, type Path } from "./shape.js";

/** What `config.…` can name. */
export const CONFIG_NAMES = [
  "ad_account_id",
  "api_version",
  "custom_audience_customer_file_source",
  "action_source",
  "pixel_id",
  "test_event_code",
] as const;

/** Why a text is no path, as the rest of a sentence, and what to do. */
export interface PathFault {
  readonly code: "not_a_path" | "unknown_config_name";
  readonly message: string;
  readonly remedy: string;
}

const PART = /^[A-Za-z0-9_$-]+$/;
const NESTED_ROOTS: ReadonlySet<string> = new Set(["payload", "key", "item"]);

/** Where names stand that a mapping can read, other than by a root: nowhere in `request`. */
export type NamesAt = "payload" | "item" | undefined;

/**
 * Parses a path such as `payload.items.0.sku`; parts are letters, digits, `_`, `-`, `$`.
 *
 * @param namesAt the root under which a name that has none was perhaps meant, for the remedy
 */
export function parsePath(text: string, namesAt?: NamesAt): Result<Path, PathFault> {
  const parts = text.split(".").slice(1);
  const root = PATH_ROOTS.find((known) => text === known || text.startsWith(`${known}.`));
  if (root === undefined) return fail(notAPath(text, rootRemedy(text, parts, namesAt)));
  if (parts.includes("__proto__"))
    return fail(notAPath(text, "`__proto__` is read nowhere; name another field."));
  if (!parts.every((part) => PART.test(part))) return fail(notAPath(text, partRemedy(text)));
  if (root === "config") return configPath(text, parts);
  if (parts.length > 0 && !hasFields(root))
    return fail(notAPath(text, `\`${root}\` is a single value: nothing can follow it.`));
  return ok({ root, parts, text });
}

/** True for the roots below which there are further parts. */
export function hasFields(root: string): boolean {
  return NESTED_ROOTS.has(root);
}

function configPath(text: string, parts: readonly string[]): Result<Path, PathFault> {
  const name = parts.join(".");
  if (CONFIG_NAMES.some((known) => known === name)) return ok({ root: "config", parts, text });
  const near = nearName(name, CONFIG_NAMES);
  return fail({
    code: "unknown_config_name",
    message: `\`${text}\` names no configuration key`,
    remedy:
      near === undefined
        ? `Known: ${quotedList(CONFIG_NAMES.map((known) => `config.${known}`))}.`
        : `Did you mean \`config.${near}\`?`,
  });
}

/** A slip in the root, where the rest looks like a path; else a name without a root, or the text itself. */
function rootRemedy(text: string, parts: readonly string[], namesAt: NamesAt): string {
  const braces = bracesRemedy(text);
  if (braces !== undefined) return braces;
  if (/^(?:payload|key|item)\[/.test(text) && withDots(text) === text) return PART_REMEDY;
  const near = nearName(text.replace(/\..*$/s, ""), PATH_ROOTS);
  if (near !== undefined && (parts.length > 0 || !hasFields(near)))
    return `Did you mean \`${[near, ...parts].join(".")}\`?`;
  const dotted = withDots(text);
  return dotted === text ? textRemedy(text, namesAt) : dottedRemedy(dotted);
}

/** What templates of other languages put around a path. */
function bracesRemedy(text: string): string | undefined {
  if (!/^\$?\{|\{\{/.test(text)) return undefined;
  const bare = /^\$?\{+\s*([^\s{}]+)\s*\}+$/.exec(text)?.[1];
  return bare !== undefined && parsePath(bare).ok
    ? `Write the path alone: \`${bare}\`.`
    : "Nothing is filled in between braces: write a path alone, and put texts together in the query.";
}

/** A text, a field whose root was left out, or a truth value. */
function textRemedy(text: string, namesAt: NamesAt): string {
  const itself = `\`{value: ${asYaml(text)}}\``;
  const truth = TRUTH_WORDS.get(text.toLowerCase());
  if (truth !== undefined)
    return `For a truth value write \`{value: ${truth}}\`, for the text itself ${itself}.`;
  return namesAt !== undefined && text.split(".").every((part) => PART.test(part))
    ? `For what stands under this name write \`${namesAt}.${text}\`, for the text itself ${itself}.`
    : `For the text itself write ${itself}.`;
}

/** Words that stand for truth in other versions of YAML, and are text in this one. */
const TRUTH_WORDS: ReadonlyMap<string, string> = new Map([
  ["yes", "true"],
  ["on", "true"],
  ["no", "false"],
  ["off", "false"],
]);

function partRemedy(text: string): string {
  const dotted = withDots(text);
  if (dotted !== text) return dottedRemedy(dotted);
  if (/\s[-+*/|?=<>!&]/.test(text))
    return "A mapping names and does not compute: let the query do it, and name its column.";
  return PART_REMEDY;
}

const PART_REMEDY =
  "Between its dots stand letters from a to z, digits, `_`, `-` and `$`: " +
  "give the column such a name in the sync file or in the query.";

/** A part in brackets, which other languages write so, as a part like others. */
function withDots(text: string): string {
  const dotted = text.replaceAll(/\[["']?([A-Za-z0-9_$-]+)["']?\]/g, ".$1");
  return dotted !== text && parsePath(dotted).ok ? dotted : text;
}

function dottedRemedy(dotted: string): string {
  return `A part in brackets is one like others: write \`${dotted}\`.`;
}

/** Text as it can stand inside a flow map. */
function asYaml(text: string): string {
  return /^[A-Za-z][A-Za-z0-9 _./-]*$/.test(text) ? text : JSON.stringify(text);
}

function notAPath(text: string, remedy: string): PathFault {
  return { code: "not_a_path", message: `\`${text}\` is not a path`, remedy };
}
