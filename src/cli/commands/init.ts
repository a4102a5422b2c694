/** `retl-meta init`: a project that works as it is, to be changed bit by bit. */
import path from "node:path";
import type { Command } from "commander";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { print } from "../print.js";
import { Talk } from "../talk.js";
import { movedTo, TEMPLATE_FILES, templatePath, type TemplateFile } from "../template-files.js";

interface InitFlags {
  readonly json?: boolean;
}

/** Declares `init`. */
export function initCommand(command: Command, io: Io, end: (code: number) => void): void {
  command
    .argument("[dir]", "its folder, made when it is missing; else the working directory")
    .option("--json", "print data as JSON; standard error then carries JSON lines only")
    .addHelpText("after", "\nExample:\n  retl-meta init my-audiences\n")
    .action(async (folder: string | undefined, { json = false }: InitFlags) => {
      end(await init(folder ?? ".", json, io, new Talk(io, json, false)));
    });
}

/** Writes all files or, where one of them is there already, none. */
async function init(folder: string, json: boolean, io: Io, talk: Talk): Promise<number> {
  const root = path.resolve(io.cwd, folder);
  const taken = await takenOf(root, io);
  if (taken.length > 0) {
    return talk.error(
      "init.exists",
      `there ${taken.length === 1 ? "is" : "are"} already ${taken.map((one) => `\`${one}\``).join(", ")} in \`${folder}\`; nothing was written`,
      "Name another folder, or move these files away.",
    );
  }
  try {
    for (const file of TEMPLATE_FILES)
      await io.createFile(path.join(root, file.path), await textOf(file, io));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return talk.error(
      "init.unwritable",
      `the project cannot be written to \`${folder}\` (${error.code})`,
      "Check the folder and who may write there.",
    );
  }
  const files = TEMPLATE_FILES.map((file) => file.path);
  await print(
    { io, options: { json }, talk },
    { text: () => beginning(folder, files), json: () => ({ folder: root, files }) },
  );
  return EXIT.ok;
}

async function takenOf(root: string, io: Io): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const file of TEMPLATE_FILES)
    if ((await io.fileSize(path.join(root, file.path))) !== undefined) taken.push(file.path);
  return taken;
}

async function textOf({ template, moveTimes }: TemplateFile, io: Io): Promise<string> {
  const text = await io.readFile(templatePath(template));
  return moveTimes === true ? movedTo(io.clock(), text) : text;
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

function beginning(folder: string, files: readonly string[]): string {
  const enter = folder === "." ? "" : `  cd ${folder}\n`;
  return `Written:
${files.map((file) => `  ${file}`).join("\n")}

Its people and orders are made up. What to do next:

${enter}  retl-meta check customers.sync.yaml orders.sync.yaml
  retl-meta plan customers.sync.yaml --emulator --show 1
  retl-meta sync orders.sync.yaml --emulator

Then put your own data, ad account and pixel into the sync files, and your token into \`.env\`:

  cp .env.example .env
  retl-meta doctor customers.sync.yaml --env-file .env
  retl-meta sync customers.sync.yaml --env-file .env

With \`npm install --save-dev retl-meta\` in it, editors complete and check its mappings.
`;
}
