/** Where an engine puts what does not fit into memory: data of people, for its process only. */
import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

/**
 * A process is told by its machine and its id, so that what a killed one left can be removed: containers
 * may share a folder, and each numbers its processes itself.
 */
const PREFIX = `retl-meta-${hostname()}-`;
const REST = /^(\d+)-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes a folder of this process, and removes those of processes that ended without doing so. */
export function makeSpillFolder(parent: string = tmpdir()): string {
  ifPossible(() => {
    for (const name of readdirSync(parent))
      if (isLeft(parent, name)) ifPossible(() => removeSpillFolder(path.join(parent, name)));
  });
  const folder = path.join(parent, `${PREFIX}${String(process.pid)}-${randomUUID()}`);
  ifPossible(() => mkdirSync(folder, { mode: 0o700 }));
  return folder;
}

/** Removes a folder with everything in it. */
export function removeSpillFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** An engine that spills nothing needs no folder, and what was left behind harms nobody at once. */
function ifPossible(work: () => void): void {
  try {
    work();
  } catch {
    // Perhaps another process is just removing it, or nothing can be written there.
  }
}

/** A folder that only its owner can enter, who is this user, of a process that is gone. */
function isLeft(parent: string, name: string): boolean {
  if (!name.startsWith(PREFIX)) return false;
  const [, id] = REST.exec(name.slice(PREFIX.length)) ?? [];
  if (id === undefined || isAlive(Number(id))) return false;
  const found = lstatSync(path.join(parent, name), { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return false;
  // Where there are no users, a folder of such a name in one's own temporary folder is one's own.
  const user = process.getuid?.();
  return user === undefined || (found.uid === user && (found.mode & 0o777) === 0o700);
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // Whoever may not be signalled is there.
    return error instanceof Error && "code" in error && error.code !== "ESRCH";
  }
}
