/** Which modules a process loads, as V8 itself tells it: of every module system, on every Node. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isJsonArray, isJsonObject, parseJson } from "../../src/core/json.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a process did. */
export interface Loading {
  readonly stdout: string;
  /** The packages, sorted. */
  readonly packages: readonly string[];
  /** The package's own folders, such as `store/duckdb`, sorted. */
  readonly folders: readonly string[];
}

/** Runs node with these arguments in the root of the repository. */
export function loadedBy(...args: readonly string[]): Loading {
  const folder = mkdtempSync(path.join(tmpdir(), "retl-meta-loaded-"));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder };
    const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
    const urls = readdirSync(folder).flatMap((file) => scripts(path.join(folder, file)));
    const own = new URL("dist/", `file://${ROOT}`).href;
    return {
      stdout,
      packages: distinct(
        urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]),
      ),
      folders: distinct(
        urls
          .filter((url) => url.startsWith(own))
          .map((url) => path.posix.dirname(url.slice(own.length))),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scripts(file: string): readonly string[] {
  const read = parseJson(readFileSync(file, "utf8"));
  const result = read.ok && isJsonObject(read.value) ? read.value["result"] : undefined;
  if (!isJsonArray(result)) throw new TypeError("coverage lists scripts");
  return result.flatMap((script) =>
    isJsonObject(script) && typeof script["url"] === "string" ? [script["url"]] : [],
  );
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
