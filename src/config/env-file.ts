import { parseEnv } from "node:util";
import type { ConfigSources } from "./config-sources.js";

/** The variables of the text of a `.env` file, by Node's own rules. */
export function parseEnvFile(text: string): ConfigSources["env"] {
  return parseEnv(text);
}
