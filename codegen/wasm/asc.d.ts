/** What is used of AssemblyScript's compiler: its command line, with the files given and taken in memory. */
export function main(
  args: readonly string[],
  files: {
    /** `null` when there is no such file. */
    readFile(name: string): string | null;
    writeFile(name: string, contents: Uint8Array | string): void;
    listFiles(): readonly string[];
  },
): Promise<{ readonly error: Error | null; readonly stderr: { toString(): string } }>;
