import path from "node:path";
import type { Io } from "./io.js";

const SYNC_FILE = /\.sync\.ya?ml$/;
const YAML_FILE = /\.ya?ml$/;

/** What `init` makes and most projects have: sync files here, and mappings in their folder, in order. */
export async function filesHere({
  cwd,
  fileNames,
}: Pick<Io, "cwd" | "fileNames">): Promise<readonly string[]> {
  const [here, mappings] = [await fileNames(cwd), await fileNames(path.join(cwd, "mappings"))];
  return [
    ...here.filter((name) => SYNC_FILE.test(name)),
    ...mappings.filter((name) => YAML_FILE.test(name)).map((name) => `mappings/${name}`),
  ];
}
