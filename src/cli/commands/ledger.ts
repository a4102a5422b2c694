/** `retl-meta ledger`: requests, their attempts, and an operator's word on them. */
import { InvalidArgumentError, type Command } from "commander";
import { batchText, ledgerText } from "../../report/ledger-text.js";
import { snakeJson } from "../../report/snake-json.js";
import { counted } from "../../report/table.js";
import {
  LEDGER_STATES,
  type LedgerFilter,
  type LedgerState,
  type LeverEffect,
} from "../../store/ledger.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { readCount } from "../options.js";
import { print, withStore, type StoreWork } from "../with-store.js";

interface ListFlags extends CommonFlags {
  readonly sync?: string;
  readonly target?: string;
  readonly run?: number;
  readonly state?: readonly LedgerState[];
  readonly limit: number;
}

/** Adds `ledger` with its commands. */
export function ledgerCommand(program: Command, io: Io, end: (code: number) => void): void {
  const ledger = program
    .command("ledger")
    .description("list requests, look at one, send it again or give it up");
  addCommonOptions(ledger.command("list").description("list requests, newest first"))
    .option("--sync <name>", "of one sync, or records:<binding>")
    .option("--target <name>", "of one audience or pixel")
    .option("--run <n>", "of one run", readCount)
    .option("--state <states>", "in these states, separated by commas", readStates)
    .option("--limit <n>", "at most so many", readCount, 20)
    .addHelpText("after", LIST_EXAMPLES)
    .action(async (flags: ListFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => list(work, flags)));
    });
  addCommonOptions(ledger.command("show").description("show a request with its attempts"))
    .argument("<batch>", "its id, like 12-3")
    .addHelpText("after", SHOW_EXAMPLES)
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
const SHOW_EXAMPLES = `
Example:
  retl-meta ledger show 12-3
`;

function readStates(text: string): readonly LedgerState[] {
  return text.split(",").map((word) => {
    const state = LEDGER_STATES.find((one) => one === word.trim());
    if (state !== undefined) return state;
    throw new InvalidArgumentError(`States are ${LEDGER_STATES.join(", ")}.`);
  });
}

async function list(work: StoreWork, flags: ListFlags): Promise<number> {
  const { sync, target, run, state, limit } = flags;
  const filter: LedgerFilter = {
    limit,
    ...(sync === undefined ? {} : { sync }),
    ...(target === undefined ? {} : { target }),
    ...(run === undefined ? {} : { runId: run }),
    ...(state === undefined ? {} : { states: state }),
  };
  const batches = await work.store.ledger.list(filter);
  await print(
    work,
    () => batches.map(snakeJson),
    () => ledgerText(batches),
  );
  return EXIT.ok;
}

async function show(work: StoreWork, batchId: string): Promise<number> {
  const { ledger } = work.store;
  const run = Number(/^(\d+)-/.exec(batchId)?.[1] ?? NaN);
  const all = Number.isNaN(run) ? [] : await ledger.list({ runId: run, limit: MANY });
  const batch = all.find((one) => one.batchId === batchId);
  if (batch === undefined) return unknownBatch(work, batchId);
  const parts = all.filter(({ parent }) => parent === batchId).reverse();
  const attempts = await ledger.attempts(batchId);
  await print(
    work,
    () => snakeJson({ ...batch, parts, attemptList: attempts }),
    () => batchText(batch, parts, attempts),
  );
  return EXIT.ok;
}

/** More than a run has. */
const MANY = 1_000_000;

type Lever = "retry" | "skip";

function addLever(
  ledger: Command,
  lever: Lever,
  description: string,
  io: Io,
  end: (code: number) => void,
): void {
  addCommonOptions(ledger.command(lever).description(description))
    .argument("<batches...>", "their ids, like 12-3")
    .addHelpText("after", `\nExample:\n  retl-meta ledger ${lever} 12-3\n`)
    .action(async (batches: readonly string[], flags: CommonFlags) => {
      end(await withStore(commonOptions(flags), "write", io, (work) => pull(work, lever, batches)));
    });
}

async function pull(work: StoreWork, lever: Lever, batches: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  for (const batchId of batches) {
    const { ledger } = work.store;
    const effect =
      lever === "retry" ? await ledger.retry(batchId) : await ledger.skip(batchId, work.io.clock());
    if (effect.kind !== "done") code = EXIT.badInput;
    if (effect.kind === "unknown_batch") await unknownBatch(work, batchId);
    else if (effect.kind === "refused") await refused(work, batchId, effect.state);
    else
      await print(
        work,
        () => ({ batch_id: batchId, did: lever, events: effect.events, rejects: effect.rejects }),
        () => `${batchId}: ${said(lever, batchId, effect)}\n`,
      );
  }
  return code;
}

function said(
  lever: Lever,
  batchId: string,
  { events, rejects }: Extract<LeverEffect, { kind: "done" }>,
): string {
  if (lever === "skip")
    return events === 0
      ? "given up; it counts as resolved and confirms nothing."
      : `given up; ${counted(events, "event")} left out from now on. \`ledger retry ${batchId}\` takes that back.`;
  const parts = [
    ...(events > 0
      ? [`${counted(events, "open event")}, which Meta may count twice if it had them`]
      : []),
    ...(rejects > 0 ? [counted(rejects, "refused record")] : []),
  ];
  return parts.length === 0
    ? "open again; the next run plans its records anew."
    : `the next run sends again: ${parts.join("; ")}.`;
}

async function unknownBatch({ talk }: StoreWork, batchId: string): Promise<number> {
  await talk.error(
    "ledger.unknown_batch",
    `the ledger has no request \`${batchId}\``,
    "`ledger list` shows them; ids look like 12-3.",
  );
  return EXIT.badInput;
}

function refused({ talk }: StoreWork, batchId: string, state: LedgerState): Promise<void> {
  return talk.error(
    "ledger.decided",
    `there is nothing to decide about \`${batchId}\`: it is ${state.replaceAll("_", " ")}`,
    state === "succeeded"
      ? "Meta has it all. `sync --records … --resend` sends everything again, `targets distrust` one audience."
      : "The next run plans its records anew.",
  );
}
