import type { Clock, Random, Sleep } from "../core/ports.js";

/** What a command may touch of the world; `main.ts` gives the real one, tests their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep: Sleep;
  /** Settles when the user interrupts (Ctrl-C) or the system asks to end; takes the signal over. */
  interrupted(): Promise<void>;
  /** How wide the terminals are on which people watch the two; a file, a pipe or a log is none. */
  readonly columns: { readonly stdout?: number; readonly stderr?: number };
  /** Data; nothing else goes there. */
  stdout(text: string): Promise<void>;
  /** Talk. */
  stderr(text: string): Promise<void>;
  /** The text of a file; rejects as `fs.readFile` does. */
  readFile(file: string): Promise<string>;
  /** The bytes of a file, chunk by chunk; rejects as `fs.createReadStream` does. */
  readBytes(file: string): AsyncIterable<Uint8Array>;
  /** The size of a file in bytes; nothing when there is none. */
  fileSize(file: string): Promise<number | undefined>;
  /** The names of the files in a folder, in order; none when there is no folder. */
  readonly fileNames: (folder: string) => Promise<readonly string[]>;
  /** Makes a file, and its folder; rejects as `fs.writeFile` does, also where there is one already. */
  createFile(file: string, text: string): Promise<void>;
}
