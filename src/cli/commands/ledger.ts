/** `retl-meta ledger`: requests, their attempts, and an operator's word on them. */
import { InvalidArgumentError, type Command } from "commander";
import { nearName } from "../../core/near-name.js";
import { batchText } from "../../report/batch-text.js";
import { ledgerText } from "../../report/ledger-text.js";
import type { Lever } from "../../report/lever-text.js";
import { attemptJson, batchJson } from "../../report/store-json.js";
import { LEDGER_STATES, type LedgerFilter, type LedgerState } from "../../store/ledger.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import { findBatch } from "../find-batch.js";
import type { Io } from "../io.js";
import { noteLimit } from "../note-limit.js";
import { readCount } from "../options.js";
import { print } from "../print.js";
import { pullLever, unknownBatch } from "../pull-lever.js";
import { withStore, type StoreWork } from "../with-store.js";

interface ListFlags extends CommonFlags {
  readonly sync?: string;
  readonly target?: string;
  readonly run?: number;
  readonly state?: readonly LedgerState[];
  readonly limit: number;
}

/** Declares `ledger` with its commands. */
export function ledgerCommand(ledger: Command, io: Io, end: (code: number) => void): void {
  ledger.helpCommand(false).addHelpText("after", LIST_EXAMPLES);
  addCommonOptions(ledger.command("list").description("list requests, newest first"))
    .option("--sync <name>", "of one sync, or records:<binding>")
    .option("--target <name>", "to one audience or pixel")
    .option("--run <n>", "of one run", readCount)
    .option("--state <states>", "in these states, separated by commas", readStates)
    .option("--limit <n>", "at most so many", readCount, 20)
    .addHelpText("after", LIST_EXAMPLES)
    .action(async (flags: ListFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => list(work, flags)));
    });
  addCommonOptions(ledger.command("show").description("show a request with its attempts"))
    .argument("<batch>", "its id, like 12-3")
    .addHelpText("after", SHOW_EXAMPLE)
    .action(async (batch: string, flags: CommonFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => show(work, batch)));
    });
  addLever(ledger, "retry", "let the next run send requests again", io, end);
  addLever(ledger, "skip", "give requests up; nothing of them is confirmed", io, end);
}

const LIST_EXAMPLES = `
Examples:
  retl-meta ledger list --state unknown,failed
  retl-meta ledger list --run 12 --json
`;

const SHOW_EXAMPLE = `
Example:
  retl-meta ledger show 12-3
`;

function addLever(
  ledger: Command,
  lever: Lever,
  description: string,
  io: Io,
  end: (code: number) => void,
): void {
  addCommonOptions(ledger.command(lever).description(description))
    .argument("<batches...>", "their ids, like 12-3")
    .addHelpText("after", `\nExample:\n  retl-meta ledger ${lever} 12-3 12-4\n`)
    .action(async (batches: readonly string[], flags: CommonFlags) => {
      end(
        await withStore(commonOptions(flags), "write", io, (work) =>
          pullLever(work, lever, batches),
        ),
      );
    });
}

function readStates(text: string): readonly LedgerState[] {
  return text.split(",").map((word) => {
    const name = word.trim();
    const state = LEDGER_STATES.find((one) => one === name);
    if (state !== undefined) return state;
    const near = nearName(name, LEDGER_STATES);
    const meant = near === undefined ? "" : `Did you mean ${near}? `;
    throw new InvalidArgumentError(`${meant}States are ${LEDGER_STATES.join(", ")}.`);
  });
}

async function list(work: StoreWork, flags: ListFlags): Promise<number> {
  const { sync, target, run, state, limit } = flags;
  const filter: LedgerFilter = {
    limit: limit + 1,
    ...(sync === undefined ? {} : { sync }),
    ...(target === undefined ? {} : { target }),
    ...(run === undefined ? {} : { runId: run }),
    ...(state === undefined ? {} : { states: state }),
  };
  const found = await work.store.ledger.list(filter);
  const batches = found.slice(0, limit);
  await print(work, { text: () => ledgerText(batches), json: () => batches.map(batchJson) });
  if (found.length > limit) await noteLimit(limit, work.talk);
  return EXIT.ok;
}

async function show(work: StoreWork, batchId: string): Promise<number> {
  const { ledger } = work.store;
  const found = await findBatch(ledger, batchId);
  if (found === undefined) return unknownBatch(batchId, work.talk);
  const { batch, parts } = found;
  const attempts = await ledger.attempts(batchId);
  await print(work, {
    text: () => batchText(batch, parts, attempts),
    json: () => ({
      batch: batchJson(batch),
      attempts: attempts.map(attemptJson),
      parts: parts.map(batchJson),
    }),
  });
  return EXIT.ok;
}
