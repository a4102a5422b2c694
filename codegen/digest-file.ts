import type { Sources } from "./sources.js";

/** The name that the compiler knows the source by; it asks for whatever that imports, which is nothing. */
const ENTRY = "sha256.ts";

/** -O3 puts small functions where they are called; with less of it the module takes half as long again. */
const OPTIONS = [
  ...["--runtime", "stub", "--use", "abort=", "--noAssert"],
  ...["--enable", "simd", "-O3"],
  ...["--importMemory", "--noExportMemory"],
];

/** By source: to compile takes a second, and tests generate all files dozens of times. */
const compiled = new Map<string, Promise<string>>();

/** `src/generated/sha256.ts`: the WebAssembly module that hashes. */
export async function digestFile({ digestSource }: Sources): Promise<string> {
  const base64 = compiled.get(digestSource) ?? compile(digestSource);
  compiled.set(digestSource, base64);
  return `
/** A WebAssembly module (with SIMD) in base64, which imports its memory; the source says what it exports. */
export const SHA256_MODULE = ${JSON.stringify(await base64)};
`;
}

async function compile(source: string): Promise<string> {
  const { main } = await import("./wasm/asc.js");
  const written = new Map<string, Uint8Array | string>();
  const { error, stderr } = await main([ENTRY, "--outFile", "sha256.wasm", ...OPTIONS], {
    readFile: (name) => (name === ENTRY ? source : null),
    writeFile: (name, contents) => void written.set(name, contents),
    listFiles: () => [],
  });
  const bytes = written.get("sha256.wasm");
  if (error !== null || bytes === undefined) throw new TypeError(stderr.toString());
  return Buffer.from(bytes).toString("base64");
}
