import { digestMemory } from "./digest-memory.js";
import { JsonPage } from "./json-page.js";

/**
 * A sheet holds as many rows as wait for their request at a time, nearly always: these need not be kept,
 * since they are moved into their body before others are written in their place.
 */
const PAGE = { bytes: 1 << 23, jobs: 1 << 14 };

let shared: JsonPage | undefined;

/**
 * The page of this process; `undefined` where there is no WebAssembly. All planners share it: a row is
 * written in one go, and each memory of WebAssembly takes gigabytes of addresses, however small it is.
 */
export function sharedPage(): JsonPage | undefined {
  const memory = shared === undefined ? digestMemory(PAGE) : undefined;
  if (memory !== undefined) shared = new JsonPage(memory);
  return shared;
}
