/** Databases made by hand, and other processes that have a file open. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

/** Runs statements on a file; gives the first column of what the last one says. */
export async function inDatabase(file: string, ...statements: readonly string[]) {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    let rows: readonly unknown[] = [];
    for (const sql of statements) {
      const read = await connection.runAndReadAll(sql);
      rows = read.getRowsJson().map(([first]) => first);
    }
    return rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Opens a file, runs statements, says so, and stays. */
const HOLDER = `
  import { DuckDBInstance } from "@duckdb/node-api";
  const [file, ...statements] = process.argv.slice(1);
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  console.log("open");
  setInterval(() => connection, 60_000);`;

/** A process that has a file open until it is killed. */
export class Holder {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves once its statements are committed. */
  static async of(file: string, ...statements: readonly string[]): Promise<Holder> {
    const child = spawn(
      process.execPath,
      ["--input-type=module", "--eval", HOLDER, file, ...statements],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    for await (const line of createInterface({ input: child.stdout }))
      if (line === "open") return new Holder(child);
    throw new Error("the process ended before it had the file open");
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  async kill(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }
}
