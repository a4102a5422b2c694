import { parse, TomlError } from "smol-toml";
import type { Diagnostic } from "../core/diagnostic.js";
import { cleanJson, describeJsonFault, isJsonObject, type JsonObject } from "../core/json.js";
import { fail, ok, type Result } from "../core/result.js";
import { fileFault } from "./file-fault.js";

/** The tables of a TOML text; messages quote none of it, since secrets may stand there. */
export function parseTomlFile(text: string, file: string): Result<JsonObject, Diagnostic> {
  let parsed: unknown;
  try {
    parsed = parse(text, { integersAsBigInt: "asNeeded" });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const where = `line ${String(error.line)}, column ${String(error.column)}`;
    return fail(fileFault("toml", file, `\`${file}\` is not TOML at ${where}`, "Mend it there."));
  }
  const cleaned = cleanJson(parsed);
  if (!cleaned.ok) {
    const message = `\`${cleaned.error.path.join(".")}\` ${describeJsonFault(cleaned.error)}`;
    return fail(fileFault("toml", file, message, "Write it as text, in quotes."));
  }
  return ok(isJsonObject(cleaned.value) ? cleaned.value : {});
}
