/** Nothing is exported, listed or kept that nobody uses. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

it("has no file, export or dependency without a use, and none that is not listed", () => {
  const args = ["node_modules/knip/bin/knip.js", "--no-progress", "--treat-config-hints-as-errors"];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});
