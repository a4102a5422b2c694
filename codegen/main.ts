/** `npm run codegen` writes the generated files; with `--check` it only says which differ. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generate, type ProjectFiles } from "./generate.js";

const root = join(import.meta.dirname, "..");

const files: ProjectFiles = {
  read: (path) => readFileSync(join(root, path), "utf8"),
  readIfAny: (path) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined,
  write: (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  },
};

const [mode, ...others] = process.argv.slice(2);
if ((mode !== undefined && mode !== "--check") || others.length > 0) {
  console.error("Usage: npm run codegen [-- --check]");
  process.exitCode = 2;
} else {
  await run(mode === "--check");
}

async function run(check: boolean): Promise<void> {
  const outcome = await generate(files, check);
  if (outcome.kind === "faulty_spec") {
    for (const fault of outcome.faults) console.error(fault);
    process.exitCode = 1;
    return;
  }
  for (const path of outcome.drift) console.log(`${check ? "differs" : "written"}: ${path}`);
  for (const sentence of outcome.moved) console.log(sentence);
  if (outcome.drift.length === 0) console.log("The generated files are as the spec says.");
  if (!check || outcome.drift.length === 0) return;
  console.error("Generated files differ from the spec: run `npm run codegen`.");
  process.exitCode = 1;
}
