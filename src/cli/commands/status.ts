/** `retl-meta status`: what the store knows, and what needs a person. */
import type { Command } from "commander";
import { statusJson } from "../../report/status-json.js";
import { statusText } from "../../report/status-text.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { print } from "../print.js";
import { readStatus } from "../read-status.js";
import { withStore, type StoreWork } from "../with-store.js";

/** Declares `status`. */
export function statusCommand(command: Command, io: Io, end: (code: number) => void): void {
  addCommonOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(async (flags: CommonFlags) => {
      end(await withStore(commonOptions(flags), "read_or_nothing", io, showStatus));
    });
}

const EXAMPLES = `
Examples:
  retl-meta status
  retl-meta status --store .retl/emulator.duckdb --json
`;

async function showStatus(work: StoreWork): Promise<number> {
  const status = await readStatus(work.store, work.io.clock());
  await print(work, { text: () => statusText(status), json: () => statusJson(status) });
  return EXIT.ok;
}
