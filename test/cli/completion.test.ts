import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
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

  it("offers nothing where a file belongs, so that the shell offers files", async () => {
    expect(await offered("plan", "")).toEqual([]);
    expect(await offered("plan", "--binding", "")).toEqual([]);
  });

  it("refuses a shell that it does not know, with those that it does", async () => {
    const run = await cli(["completion", "tcsh"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("Allowed choices are bash, zsh, fish");
  });

  it("completes in bash, which asks the program with the words so far", async () => {
    const { stdout: script } = await cli(["completion", "bash"]);
    const words = (await offered("ledger", "s")).join("\n");
    const shell = spawnSync(
      "bash",
      [
        "--norc",
        "-c",
        `
      retl-meta() { [ "$1 $2 $3 $4 $5 $#" = "completion words -- ledger s 5" ] && printf '%s' "${words}"; }
      ${script}
      COMP_WORDS=(retl-meta ledger s); COMP_CWORD=2; _retl_meta
      printf '%s ' "\${COMPREPLY[@]}"; complete -p retl-meta
    `,
      ],
      { encoding: "utf8" },
    );
    expect(shell.stderr).toBe("");
    expect(shell.stdout).toBe("show skip complete -o default -F _retl_meta retl-meta\n");
  });

  it.each(["zsh", "fish"])(
    "is a script that %s can read, where that is installed",
    async (name) => {
      const { stdout: script } = await cli(["completion", name]);
      expect(script).toContain("retl-meta completion words -- ");
      const shell = spawnSync(name, ["-n"], { input: script, encoding: "utf8" });
      if (shell.error === undefined) expect(shell).toMatchObject({ status: 0, stderr: "" });
    },
  );
});
