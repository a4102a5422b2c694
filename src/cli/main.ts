#!/usr/bin/env -S node --
/**
 * The edge of the command line: the process comes in here and nowhere else. The `--` above keeps
 * Node from taking `--env-file` for an option of its own, which Node 20 does wherever it stands.
 */
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { sleepFor } from "../graph/sleep.js";
import { runCli } from "./program.js";
import type { Io } from "./io.js";

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
    stream.write(text, () => {
      resolve();
    });
  });
}

function columnsOf(name: "stdout" | "stderr"): Io["columns"] {
  const { isTTY, columns } = process[name];
  // A terminal that has not been told how wide it is says 0.
  return isTTY ? { [name]: columns > 0 ? columns : 80 } : {};
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ["SIGINT", "SIGTERM"] as const;
    const first = () => {
      // The next one, whichever it is, ends the process.
      for (const signal of signals) process.off(signal, first);
      resolve();
    };
    for (const signal of signals) process.on(signal, first);
  });
}

for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

const io: Io = {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  clock: Date.now,
  random: Math.random,
  sleep: sleepFor,
  interrupted: interruption,
  columns: { ...columnsOf("stdout"), ...columnsOf("stderr") },
  stdout: (text) => write(process.stdout, text),
  stderr: (text) => write(process.stderr, text),
  readFile: (file) => readFile(file, "utf8"),
  readBytes: (file) => createReadStream(file),
  fileSize: async (file) => (await stat(file).catch(() => undefined))?.size,
  fileNames: async (folder) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).sort();
  },
  createFile: async (file, text) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  },
};

// What a run leaves behind (its store, and what the engine writes beside it) is for its user only.
process.umask(0o077);
process.exitCode = await runCli(process.argv.slice(2), io);
