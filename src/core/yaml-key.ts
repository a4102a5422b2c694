/** What a key of a map may be, and what is meant by those that are none. */
import { isMap, isScalar } from "yaml";
import type { Node, Pair } from "yaml";
import type { Diagnostic } from "./diagnostic.js";
import { fail, ok, type Result } from "./result.js";
import { MAX_KEY_LENGTH } from "./yaml-limits.js";

type KeyFault = Pick<Diagnostic, "code" | "message" | "remedy">;

/** The key after those that a map has already, or why it can be none. */
export function nextKey(
  pair: Pair<Node | null, Node | null>,
  seen: ReadonlySet<string>,
): Result<string, KeyFault> {
  const key = isScalar(pair.key) ? pair.key.value : undefined;
  if (typeof key !== "string") return fail(notText(pair.key, pair.value));
  if (key === "<<" || key === "__proto__")
    return fail(keyFault(`\`${key}\` is no key here`, "It has no meaning; remove it."));
  if (key.length > MAX_KEY_LENGTH)
    return fail(keyFault(`a key has at most ${String(MAX_KEY_LENGTH)} characters`, "Shorten it."));
  if (isPlain(pair.key) && pair.value === null && /^[^\s:]+:[^\s:]/.test(key))
    return fail(
      keyFault(`\`${key}\` is one word here, without a value`, "Put a space after the colon."),
    );
  if (isPlain(pair.key) && /^\s/u.test(key))
    return fail(
      keyFault(
        "this line is indented with characters that only look like spaces",
        "Put plain spaces in their place; they often come along from a web page or a chat.",
      ),
    );
  if (!seen.has(key)) return ok(key);
  const code = "yaml.key_twice";
  return fail({
    code,
    message: `\`${key}\` stands twice in this map`,
    remedy: "Remove one of the two.",
  });
}

/** True without quotes. */
function isPlain(key: Node | null): boolean {
  return isScalar(key) && key.type === "PLAIN";
}

/** A number, a truth value, nothing, a list or a map where a name belongs. */
function notText(key: Node | null, value: Node | null): KeyFault {
  if (isMap(key) && value === null)
    return keyFault(
      "a map stands here where a key belongs",
      "Nothing is filled in between double braces: write a path alone, without them.",
    );
  if (isScalar(key) && key.source !== undefined && key.source !== "")
    return keyFault(
      `the key \`${key.source}\` reads as a ${typeof key.value === "boolean" ? "truth value" : "number"}, and a key is text`,
      `Put it in quotes: \`"${key.source}"\`.`,
    );
  return keyFault("a key must be plain text", "Name it by one word.");
}

function keyFault(message: string, remedy: string): KeyFault {
  return { code: "yaml.key", message, remedy };
}
