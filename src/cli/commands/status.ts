/** `retl-meta status`: what the store knows, and what needs a person. */
import type { Command } from "commander";
import { statusText, type StoreStatus } from "../../report/status-text.js";
import { snakeJson } from "../../report/snake-json.js";
import type { Store } from "../../store/store.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { print, withStore } from "../with-store.js";

/** How many runs and open requests are shown. */
const SHOWN = 10;

/** Adds `status`. */
export function statusCommand(program: Command, io: Io, end: (code: number) => void): void {
  const command = program
    .command("status")
    .description("show what was delivered, what is open, and what needs you");
  addCommonOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(async (flags: CommonFlags) => {
      end(
        await withStore(commonOptions(flags), "read", io, async (work) => {
          const status = await readStatus(work.store, io.clock());
          await print(
            work,
            () => snakeJson(status),
            () => statusText(status),
          );
          return EXIT.ok;
        }),
      );
    });
}

const EXAMPLES = `
Examples:
  retl-meta status
  retl-meta status --store .retl/emulator.duckdb --json
`;

async function readStatus(store: Store, now: number): Promise<StoreStatus> {
  const open = await store.ledger.list({ states: ["unknown", "failed"], limit: 1_000 });
  const targets = await store.targets.list();
  return {
    runs: await store.runs.list(SHOWN),
    events: await store.events.counts(now),
    open: open.filter(({ openEvents }) => openEvents > 0).slice(0, SHOWN),
    rejects: await store.rejects.counts({}),
    creating: targets.filter(({ audienceId }) => audienceId === undefined),
  };
}
