/**
 * Loaded into the command line: writes down the changes that it asks an audience for, and ends the
 * process when the answer to the one that KILL_AT_ANSWER counts has come, or before the first when that
 * is `none`.
 */
import { appendFileSync } from "node:fs";

const { fetch } = globalThis;
let answers = 0;

globalThis.fetch = async (input, options) => {
  const request = new Request(input, options);
  const changes = new URL(request.url).pathname.endsWith("/users");
  if (changes && process.env.KILL_AT_ANSWER === "none") await killed();
  if (changes) appendFileSync(process.env.REQUEST_LOG, `${request.method}\n`);
  const response = await fetch(request);
  // Whole: then the emulator has surely taken it.
  const body = await response.arrayBuffer();
  if (changes) answers += 1;
  if (changes && answers === Number(process.env.KILL_AT_ANSWER)) await killed();
  return new Response(body, response);
};

/** Nothing that comes after happens. */
function killed() {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}
