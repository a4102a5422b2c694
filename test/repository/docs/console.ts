/** The commands of a document's console blocks, run in a shell as a reader would run them. */
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { loopbackPort } from "../../postgres/loopback-port.js";
import { blocksOf, fileOf, ROOT, type Block } from "./document.js";

/** A command, and what the document says that it prints. */
export interface Shown {
  readonly command: string;
  readonly output: string;
}

/** The port that documents name; each run has a free one in its place. */
const DOCUMENTED_PORT = "4025";

/** To end what waits for ever. */
const FIVE_MINUTES_MS = 5 * 60_000;

/** In no output of ours. */
const MARK = "\u001e";

/** The commands of a block: a line with `$ ` and what continues it, and what follows up to the next. */
export function commandsOf({ text }: Block): readonly Shown[] {
  return [...text.matchAll(/^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm)].map(
    ([, command = "", output = ""]) => ({ command, output }),
  );
}

/** Whether a block is a console's. */
export function isConsole({ info }: Block): boolean {
  return info === "console";
}

/** What a document takes for granted, put into its folder; gives variables. */
export type Preparation = (folder: string) => Promise<Readonly<Record<string, string>>>;

/** What each command of a document prints, block by block, in a scratch folder. */
export async function runConsole(
  markdown: string,
  prepared: Preparation,
): Promise<readonly (readonly string[])[]> {
  const scratch = await mkdtemp(path.join(tmpdir(), "retl-meta-docs-"));
  try {
    const port = await freePort();
    const folder = await makeFolder(scratch, markdown);
    const script = scriptOf(markdown).replaceAll(DOCUMENTED_PORT, port);
    const printed = await run(script, scratch, folder, await prepared(folder));
    const outputs = printed.replaceAll(port, DOCUMENTED_PORT).split(MARK);
    const counts = blocksOf(markdown)
      .filter(isConsole)
      .map((block) => commandsOf(block).length);
    return counts.map((count) => outputs.splice(0, count));
  } finally {
    await rm(scratch, { recursive: true });
  }
}

/** The command line as readers have it, and the sample where a document uses it. */
async function makeFolder(scratch: string, markdown: string): Promise<string> {
  const commands = path.join(scratch, "bin");
  const folder = path.join(scratch, "work");
  await mkdir(commands);
  await mkdir(folder);
  const world = new URL("frozen-world.js", import.meta.url).href;
  const main = path.join(ROOT, "dist/cli/main.js");
  const programs = {
    "retl-meta": `exec "${process.execPath}" --import "${world}" "${main}" "$@"`,
    npx: 'exec "$@"',
  };
  for (const [name, text] of Object.entries(programs)) {
    const file = path.join(commands, name);
    await writeFile(file, `#!/bin/sh\n${text}\n`);
    await chmod(file, 0o755);
  }
  const examples = path.join(ROOT, "examples");
  if (markdown.includes(" examples/")) await symlink(examples, path.join(folder, "examples"));
  return folder;
}

/** Hidden preparations, files and commands in the order in which they stand; a mark after each output. */
function scriptOf(markdown: string): string {
  const parts = [
    ...[...markdown.matchAll(/<!-- before\n([\s\S]*?)-->/g)].map(({ 1: text = "", index }) => ({
      at: index,
      lines: `{\n${text.split("\n").map(preparing).join("\n")}\n} >/dev/null`,
    })),
    ...blocksOf(markdown).map((block) => ({ at: block.start, lines: blockScript(block) })),
  ];
  const inOrder = parts.toSorted((one, other) => one.at - other.at);
  return [
    "exec 2>&1",
    "trap 'kill $started 2>/dev/null' EXIT",
    "trap 'exit 1' TERM",
    ...inOrder.map(({ lines }) => lines),
  ]
    .join("\n")
    .concat("\n");
}

function preparing(line: string): string {
  return line.endsWith(" &") ? commandScript({ command: line, output: "" }) : line;
}

function blockScript(block: Block): string {
  if (isConsole(block)) return commandsOf(block).map(commandScript).join("\n");
  const file = fileOf(block);
  if (file === undefined) return "";
  return `mkdir -p "$(dirname '${file}')"\ncat >'${file}' <<'END OF ${file}'\n${block.text}END OF ${file}`;
}

/** `$?` is that of the command before; what goes on in the background is heard as far as it is shown. */
function commandScript({ command, output }: Shown): string {
  const lines = output.split("\n").length - 1;
  const statement = command.endsWith(" &")
    ? `mkfifo "$HOME/heard"
${command.slice(0, -2)} >"$HOME/heard" 2>&1 &
started="$started $!"
exec 9<"$HOME/heard"
for line in ${"x ".repeat(Math.max(lines, 1))}; do IFS= read -r heard <&9 && printf '%s\\n' "$heard"; done`
    : command;
  return `(exit $code)\n${statement}\ncode=$?\nprintf '${MARK}'`;
}

async function run(
  script: string,
  scratch: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const paths = [path.join(scratch, "bin"), path.dirname(process.execPath), process.env["PATH"]];
  const world = { PATH: paths.join(path.delimiter), HOME: scratch, TZ: "UTC", ...env };
  const file = path.join(scratch, "script.sh");
  await writeFile(file, script);
  const { stdout } = await promisify(execFile)("sh", [file], {
    cwd: folder,
    env: world,
    timeout: FIVE_MINUTES_MS,
  });
  return stdout;
}

async function freePort(): Promise<string> {
  const server = createServer();
  const port = await loopbackPort(server);
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
