/** What docs/emulator.md shows is what its programs print; its command is run with those of all documents. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS } from "../../src/emulator/index.js";
import { runCli } from "../../src/cli/program.js";
import { isConsole } from "./docs/console.js";
import { blocksOf, readText, ROOT } from "./docs/document.js";
import { cliWorld } from "../e2e/cli.js";

const GUIDE = readText("docs/emulator.md");
const BLOCKS = blocksOf(GUIDE);
const PROGRAMS = BLOCKS.flatMap(({ info, text: program }, index) => {
  const next = BLOCKS[index + 1];
  return info === "js" && next?.info === "text" ? [{ program, output: next.text }] : [];
});

describe("the guide to the emulator", () => {
  it("shows programs and a command, and nothing that is not run", () => {
    expect(PROGRAMS).toHaveLength(3);
    expect(BLOCKS.filter(isConsole)).toHaveLength(1);
    expect(BLOCKS).toHaveLength(2 * PROGRAMS.length + 1);
  });

  it.each(PROGRAMS)("prints what it says: $output", async ({ program, output }) => {
    const run = promisify(execFile);
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: ROOT });
    expect(stderr).toBe("");
    expect(stdout).toBe(output);
  });

  it("names every kind of fault, and every option of the command", async () => {
    for (const kind of FAULT_KINDS) expect(GUIDE).toContain(`| \`${kind}\``);
    const { io, printed } = cliWorld();
    await runCli(["emulator", "--help"], io);
    const options = [...printed().stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name);
    const own = options.filter((name) => name !== "--quiet");
    expect(own).toEqual(expect.arrayContaining(["--port", "--fault", "--seed"]));
    for (const name of own) expect(GUIDE).toContain(name);
  });
});
