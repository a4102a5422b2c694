import { fileURLToPath } from "node:url";
import { isJsonObject, parseJson } from "../core/json.js";
import { API_VERSION } from "../generated/constants.js";
import type { Io } from "./io.js";

/** The file that names this package, both beside `src/` and beside what is built from it. */
const PACKAGE = fileURLToPath(new URL("../../package.json", import.meta.url));

/** `retl-meta 1.2.3 (Graph API v25.0)`: what a report of a problem has to name. */
export async function versionText({ readFile }: Pick<Io, "readFile">): Promise<string> {
  const read = parseJson(await readFile(PACKAGE));
  const version = read.ok && isJsonObject(read.value) ? read.value["version"] : undefined;
  if (typeof version !== "string") throw new TypeError("package.json has a version");
  return `retl-meta ${version} (Graph API ${API_VERSION})`;
}
