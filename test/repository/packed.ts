/** The package as it is installed: packed, and unpacked into a project that has nothing else. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isJsonObject, parseJson } from "../../src/core/json.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MODULES = path.join(ROOT, "node_modules");

/** A project with the package in it, and the packages that it says it needs: those of the lockfile. */
export class PackedProject {
  readonly folder = mkdtempSync(path.join(tmpdir(), "retl-meta-packed-"));
  readonly tarball: string;
  /** Where the package is unpacked. */
  readonly installed = path.join(this.folder, "node_modules", "retl-meta");

  constructor() {
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", this.folder];
    execFileSync("npm", pack, { cwd: ROOT, stdio: "ignore" });
    const { version, dependencies } = manifest();
    this.tarball = path.join(this.folder, `retl-meta-${version}.tgz`);
    mkdirSync(this.installed, { recursive: true });
    const strip = ["--strip-components=1", "-C", this.installed];
    execFileSync("tar", ["-xzf", this.tarball, ...strip]);
    for (const name of [...dependencies, "@types/node", "undici-types"]) this.link(name);
    this.write("package.json", '{ "type": "module", "private": true }');
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private link(name: string): void {
    const place = path.join(this.folder, "node_modules", name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(MODULES, name), place);
  }
}

function manifest(): { readonly version: string; readonly dependencies: readonly string[] } {
  const read = parseJson(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  if (!read.ok || !isJsonObject(read.value)) throw new TypeError("package.json is an object");
  const { version, dependencies } = read.value;
  if (typeof version !== "string" || !isJsonObject(dependencies))
    throw new TypeError("package.json has a version and dependencies");
  return { version, dependencies: Object.keys(dependencies) };
}
