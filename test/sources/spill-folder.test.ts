import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEngine } from "../../src/sources/engine.js";
import { makeSpillFolder, removeSpillFolder } from "../../src/sources/spill-folder.js";

const UUID = "0b7c1d52-3f0e-4a0b-9d6c-6f0a3c1e2d4b";

let parent = "";

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "retl-meta-spill-"));
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

/** The id of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ["--eval", ""]).pid;
}

/** A folder as an engine of some process makes it, with a file in it. */
function left(id: number, differs: { readonly mode?: number; readonly machine?: string } = {}) {
  const { mode = 0o700, machine = hostname() } = differs;
  const folder = path.join(parent, `retl-meta-${machine}-${String(id)}-${UUID}`);
  mkdirSync(folder, { mode });
  writeFileSync(path.join(folder, "spilled.tmp"), "data of people");
  return folder;
}

describe("the folder of an engine for what does not fit into memory", () => {
  it("is its owner's only, and gone once it is removed", () => {
    const folder = makeSpillFolder(parent);
    expect((statSync(folder).mode & 0o777).toString(8)).toBe("700");
    writeFileSync(path.join(folder, "spilled.tmp"), "");
    removeSpillFolder(folder);
    removeSpillFolder(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it("is removed by the next engine when its process was killed", () => {
    const folder = left(endedProcess());
    makeSpillFolder(parent);
    expect(existsSync(folder)).toBe(false);
  });

  it("stays while its process is there", () => {
    const own = makeSpillFolder(parent);
    const folder = left(process.ppid);
    makeSpillFolder(parent);
    expect([existsSync(own), existsSync(folder)]).toEqual([true, true]);
  });

  it("stays when it is of another machine, open to others, or no folder of an engine at all", () => {
    const id = endedProcess();
    const others = [left(id, { machine: "another" }), left(id, { mode: 0o755 })];
    const linked = path.join(parent, `retl-meta-${hostname()}-${String(id + 1)}-${UUID}`);
    symlinkSync(others[0] ?? "", linked);
    const named = path.join(parent, `retl-meta-${hostname()}-${String(id)}-kept`);
    mkdirSync(named, { mode: 0o700 });
    makeSpillFolder(parent);
    expect([...others, linked, named].map((one) => existsSync(one))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("is not needed to start an engine", async () => {
    expect(makeSpillFolder(path.join(parent, "nowhere"))).toContain(String(process.pid));
    const engine = await startEngine();
    engine.close();
  });
});
