/** What docs/emulator.md shows is what its commands and programs print. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { FAULT_KINDS } from "../../src/emulator/index.js";
import { runCli } from "../../src/cli/program.js";
import { cliWorld } from "../e2e/cli.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GUIDE = readFileSync(`${ROOT}docs/emulator.md`, "utf8");

const PROGRAMS = [...GUIDE.matchAll(/```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, program = "", output = ""]) => ({ program, output }),
);
const COMMANDS = [...GUIDE.matchAll(/```console\n\$ npx retl-meta (.+)\n([\s\S]*?)```/g)].map(
  ([, command = "", output = ""]) => ({ command, output }),
);

describe("the guide to the emulator", () => {
  it("shows programs and a command, and nothing that is not run", () => {
    expect(PROGRAMS).toHaveLength(3);
    expect(COMMANDS).toHaveLength(1);
    const blocks = [...GUIDE.matchAll(/^```\w+$/gm)].length;
    expect(blocks).toBe(2 * PROGRAMS.length + COMMANDS.length);
  });

  it.each(PROGRAMS)("prints what it says: $output", async ({ program, output }) => {
    const run = promisify(execFile);
    const args = ["--input-type=module", "--eval", program];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: ROOT });
    expect(stderr).toBe("");
    expect(stdout).toBe(output);
  });

  it.each(COMMANDS)("starts an emulator by $command", async ({ command, output }) => {
    const free = "--port 0";
    const { io, printed, interrupt } = cliWorld();
    const running = runCli(command.replace("--port 4025", free).split(" "), io);
    while (!printed().stderr.includes("\n")) await new Promise(setImmediate);
    const { stdout, stderr } = printed();
    expect((stdout + stderr).replace(/:\d+\n/, ":4025\n")).toBe(output);
    expect((await fetch(`${stdout.trim()}/_emulator/state`)).status).toBe(200);
    interrupt();
    expect(await running).toBe(0);
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
