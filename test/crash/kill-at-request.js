/**
 * Loaded into the command line: writes down the changes that it asks an audience for, and ends the
 * process when the answer to the one that KILL_AT_ANSWER counts has come.
 */
import { appendFileSync } from "node:fs";

const { fetch } = globalThis;
let answers = 0;

globalThis.fetch = async (input, options) => {
  const request = new Request(input, options);
  const changes = new URL(request.url).pathname.endsWith("/users");
  if (changes) appendFileSync(process.env.REQUEST_LOG, `${request.method}\n`);
  const response = await fetch(request);
  // Whole: then the emulator has surely taken it.
  const body = await response.arrayBuffer();
  if (changes) answers += 1;
  if (changes && answers === Number(process.env.KILL_AT_ANSWER))
    process.kill(process.pid, "SIGKILL");
  return new Response(body, response);
};
