import { spawnSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/command-list.js";
import { cli } from "../e2e/cli.js";

async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const run = await cli(["completion", "words", "--", ...words]);
  expect(run).toMatchObject({ code: 0, stderr: "" });
  return run.stdout.split("\n").slice(0, -1);
}

describe("completion", () => {
  it("offers commands, and those below a command", async () => {
    expect(await offered("s")).toEqual(["sync", "status"]);
    expect(await offered("ledger", "")).toEqual(["list", "show", "retry", "skip"]);
  });

  it("offers a command's own options, whatever stands before them", async () => {
    expect(await offered("sync", "x.sync.yaml", "--re")).toEqual([
      "--records",
      "--resend",
      "--replay",
      "--report",
    ]);
    expect(await offered("ledger", "list", "--run", "12", "--s")).toEqual([
      "--store",
      "--sync",
      "--state",
    ]);
  });

  it("offers the values of an option that has a list of them, and of an argument", async () => {
    expect(await offered("check", "--format", "")).toEqual(["text", "json", "github"]);
    expect(await offered("completion", "z")).toEqual(["zsh"]);
  });

  it("leaves files and folders to the shell, wherever one belongs", async () => {
    for (const words of [
      ["sync", ""],
      ["sync", "cust"],
      ["check", "a.yaml", "mappings/"],
      ["init", ""],
      ["plan", "--binding", "me"],
      ["plan", "--records", "x.ndjson", "--mapping", ""],
      ["sync", "x.sync.yaml", "--report", ""],
      ["status", "--store", ""],
      ["forget", "--identifiers", ""],
      ["doctor", "--env-file", ""],
    ])
      expect([words, await offered(...words)]).toEqual([words, ["<file>"]]);
  });

  it("offers nothing, and no file, where a name of one's own belongs", async () => {
    expect(await offered("ledger", "show", "")).toEqual([]);
    expect(await offered("rejects", "list", "--sync", "")).toEqual([]);
    expect(await offered("plan", "--emulator", "")).toEqual([]);
    expect(await offered("explain", "")).toEqual([]);
  });

  it("knows of every argument and option whether it takes a file", async () => {
    const taken = new Map<string, Set<string>>();
    const note = (offer: string | undefined, name: string) =>
      taken.set(offer ?? "nothing", (taken.get(offer ?? "nothing") ?? new Set()).add(name));
    for (const { name } of COMMANDS) {
      const { stdout: help } = await cli([name, "--help"]);
      for (const [, option = "", value = ""] of help.matchAll(/^ {2}(--[a-z-]+) [<[](.*?)[>\]]/gm))
        note((await offered(name, option, ""))[0], value);
    }
    expect([...(taken.get("<file>") ?? [])].sort()).toEqual(["file", "name-or-file", "place"]);
    expect([...(taken.get("nothing") ?? [])].join(" ")).not.toMatch(/file|folder|dir|path/);
  });

  it("cuts --option=value in two, as one word and as bash's three", async () => {
    expect(await offered("check", "--format=te")).toEqual(["--format=text"]);
    expect(await offered("check", "--format", "=")).toEqual(["text", "json", "github"]);
    expect(await offered("check", "--format", "=", "gi")).toEqual(["github"]);
    expect(await offered("check", "--config=re")).toEqual(["<file>"]);
    expect(await offered("check", "--config", "=", "re")).toEqual(["<file>"]);
  });

  it("refuses a shell that it does not know, with those that it does", async () => {
    const run = await cli(["completion", "tcsh"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("Allowed choices are bash, zsh, fish");
  });

  it("completes words, files and folders in bash", async () => {
    const typed = ["ledger s", "sync ", "check mapp", "explain "];
    const answers = await Promise.all(typed.map((line) => offered(...line.split(" "))));
    const answer = typed.map((line, index) => {
      const words = (answers[index] ?? []).map((word) => `${word}\\n`).join("");
      return `"completion words -- ${line}") printf '${words}' ;;`;
    });
    const { stdout: script } = await cli(["completion", "bash"]);
    const shell = spawnSync(
      "bash",
      [
        "--norc",
        "-c",
        `
      retl-meta() { case "$1 $2 $3 $4 $5" in ${answer.join("\n")} esac; }
      compopt() { printf 'without files: '; }
      ${script}
      complete -p retl-meta
      for line in ${typed.map((line) => `"${line}"`).join(" ")}; do
        COMP_WORDS=(retl-meta "\${line%% *}" "\${line#* }"); COMP_CWORD=2; _retl_meta
        echo "$line| \${COMPREPLY[*]}"
      done
    `,
      ],
      { encoding: "utf8" },
    );
    expect(shell.stderr).toBe("");
    expect(shell.stdout).toBe(`complete -o default -F _retl_meta retl-meta
without files: ledger s| show skip
sync | 
check mapp| 
without files: explain | 
`);
  });

  it.each(["zsh", "fish"])("asks the program with the words so far in %s", async (name) => {
    const { stdout: script } = await cli(["completion", name]);
    expect(script).toContain("retl-meta completion words -- ");
    expect(script).toContain('= "<file>"');
  });

  for (const name of ["zsh", "fish"]) {
    const installed = spawnSync(name, ["--version"]).error === undefined;
    // In CI a skipped test fails, and a shell is not a thing that it has to have.
    if (!installed && process.env["CI"] === "true") continue;
    it.skipIf(!installed)(`is a script that ${name} can read`, async () => {
      const { stdout: script } = await cli(["completion", name]);
      const file = path.join(await mkdtemp(path.join(tmpdir(), "completion-")), "script");
      await writeFile(file, script);
      const shell = spawnSync(name, ["-n", file], { encoding: "utf8" });
      expect(shell).toMatchObject({ status: 0, stderr: "" });
    });
  }
});
