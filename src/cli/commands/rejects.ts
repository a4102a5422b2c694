/** `retl-meta rejects`: records that were refused, and sending them again. */
import { Option, type Command } from "commander";
import { rejectsRetriedText } from "../../report/rejects-retried-text.js";
import { rejectsText } from "../../report/rejects-text.js";
import { snakeJson } from "../../report/snake-json.js";
import { rejectJson } from "../../report/store-json.js";
import { counted } from "../../report/table.js";
import type { RejectFilter, RejectOrigin } from "../../store/rejects.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { noteLimit } from "../note-limit.js";
import { readCount } from "../options.js";
import { print, printJsonLine } from "../print.js";
import { retryRejects } from "../retry-rejects.js";
import { Talk } from "../talk.js";
import { withStore, type StoreWork } from "../with-store.js";

interface FilterFlags extends CommonFlags {
  readonly sync?: string;
  readonly scope?: string;
  readonly code?: string;
  readonly origin?: RejectOrigin;
  readonly identity?: string;
  readonly batch?: string;
}

interface ListFlags extends FilterFlags {
  readonly limit: number;
}

interface RetryFlags extends FilterFlags {
  readonly all?: boolean;
}

/** Declares `rejects` with its commands. */
export function rejectsCommand(rejects: Command, io: Io, end: (code: number) => void): void {
  rejects.helpCommand(false).addHelpText("after", LIST_EXAMPLE);
  addFilters(rejects.command("list").description("list refused records, newest first"))
    .option("--limit <n>", "at most so many", readCount, 20)
    .addHelpText("after", LIST_EXAMPLE)
    .action(async (flags: ListFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => list(work, flags)));
    });
  addFilters(rejects.command("export").description("print refused records as JSON lines"))
    .addHelpText("after", EXPORT_EXAMPLE)
    .action(async (flags: FilterFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => exportAll(work, flags)));
    });
  addFilters(rejects.command("retry").description("let the next run send refused records again"))
    .option("--all", "all of them, where no filter is given")
    .addHelpText("after", RETRY_EXAMPLE)
    .action(async (flags: RetryFlags) => {
      end(await retryWhich(flags, io));
    });
}

const LIST_EXAMPLE = `
Example:
  retl-meta rejects list --sync purchases --origin meta
`;

const EXPORT_EXAMPLE = `
Example:
  retl-meta rejects export --sync purchases > rejects.ndjson
`;

const RETRY_EXAMPLE = `
Example:
  retl-meta rejects retry --code 100/2804003
`;

function addFilters(command: Command): Command {
  return addCommonOptions(command)
    .option("--sync <name>", "of one sync, or records:<binding>")
    .option("--scope <name>", "of one audience or pixel")
    .option("--code <code>", "with this code: one of Meta's (100/2804003) or a rejection's")
    .addOption(
      new Option("--origin <who>", "refused by Meta, by retl-meta, or given up").choices([
        "meta",
        "local",
        "operator",
      ]),
    )
    .option("--identity <identity>", "one record, as reports show it")
    .option("--batch <id>", "of one request, like 12-3");
}

function filterOf({ sync, scope, code, origin, identity, batch }: FilterFlags): RejectFilter {
  return {
    ...(sync === undefined ? {} : { sync }),
    ...(scope === undefined ? {} : { scope }),
    ...(code === undefined ? {} : { code }),
    ...(origin === undefined ? {} : { origin }),
    ...(identity === undefined ? {} : { identity }),
    ...(batch === undefined ? {} : { batchId: batch }),
  };
}

async function list(work: StoreWork, flags: ListFlags): Promise<number> {
  const { rejects } = work.store;
  const { limit } = flags;
  const filter = filterOf(flags);
  const counts = await rejects.counts(filter);
  const newest = await rejects.list(filter, limit);
  await print(work, {
    text: () => rejectsText(counts, newest),
    json: () => ({ counts: counts.map(snakeJson), rejects: newest.map(rejectJson) }),
  });
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  if (all > limit) await noteLimit(limit, work.talk);
  return EXIT.ok;
}

/** All that fit, for whoever mends the source. */
async function exportAll(work: StoreWork, flags: FilterFlags): Promise<number> {
  const rejects = await work.store.rejects.list(filterOf(flags), Number.MAX_SAFE_INTEGER);
  for (const reject of rejects) await printJsonLine(work, rejectJson(reject));
  await work.talk.note(`${counted(rejects.length, "refused record")}.`);
  return EXIT.ok;
}

/** All of them have to be asked for by name. */
function retryWhich(flags: RetryFlags, io: Io): Promise<number> {
  const options = commonOptions(flags);
  const filter = filterOf(flags);
  return Object.keys(filter).length > 0 || flags.all === true
    ? withStore(options, "write", io, (work) => retry(work, filter))
    : new Talk(io, options.json, options.quiet).usage(
        "Say which with --sync, --scope, --code and so on, or --all for all of them.",
      );
}

async function retry(work: StoreWork, filter: RejectFilter): Promise<number> {
  const retried = await retryRejects(work.store.rejects, filter);
  const { meta, operator, local } = retried;
  await print(work, {
    text: () => rejectsRetriedText(retried),
    json: () => ({ did: "retry", meta, operator, local_left: local }),
  });
  return EXIT.ok;
}
