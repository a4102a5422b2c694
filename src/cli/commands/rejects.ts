/** `retl-meta rejects`: records that were refused, and sending them again. */
import { Option, type Command } from "commander";
import { rejectsText } from "../../report/rejects-text.js";
import { snakeJson } from "../../report/snake-json.js";
import { counted } from "../../report/table.js";
import type { RejectFilter } from "../../store/rejects.js";
import { addCommonOptions, commonOptions, type CommonFlags } from "../common-flags.js";
import { EXIT } from "../exit-codes.js";
import type { Io } from "../io.js";
import { readCount } from "../options.js";
import { print, withStore, type StoreWork } from "../with-store.js";

interface FilterFlags extends CommonFlags {
  readonly sync?: string;
  readonly target?: string;
  readonly code?: string;
  readonly origin?: "meta" | "local" | "operator";
  readonly identity?: string;
  readonly batch?: string;
}

interface ListFlags extends FilterFlags {
  readonly limit: number;
}

interface RetryFlags extends FilterFlags {
  readonly all?: boolean;
}

/** Adds `rejects` with its commands. */
export function rejectsCommand(program: Command, io: Io, end: (code: number) => void): void {
  const rejects = program
    .command("rejects")
    .description("list records that were refused; export them, or send them again");
  addFilters(rejects.command("list").description("list refused records, newest first"))
    .option("--limit <n>", "at most so many", readCount, 20)
    .addHelpText("after", "\nExample:\n  retl-meta rejects list --sync purchases --origin meta\n")
    .action(async (flags: ListFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => list(work, flags)));
    });
  addFilters(rejects.command("export").description("print refused records as JSON lines"))
    .addHelpText(
      "after",
      "\nExample:\n  retl-meta rejects export --sync purchases > rejects.ndjson\n",
    )
    .action(async (flags: FilterFlags) => {
      end(await withStore(commonOptions(flags), "read", io, (work) => exportAll(work, flags)));
    });
  addFilters(rejects.command("retry").description("let the next run send refused records again"))
    .option("--all", "all of them, where no filter is given")
    .addHelpText("after", "\nExample:\n  retl-meta rejects retry --code 100/2804003\n")
    .action(async (flags: RetryFlags) => {
      end(await withStore(commonOptions(flags), "write", io, (work) => retry(work, flags)));
    });
}

function addFilters(command: Command): Command {
  return addCommonOptions(command)
    .option("--sync <name>", "of one sync, or records:<binding>")
    .option("--target <name>", "of one audience or pixel")
    .option("--code <code>", "with this code: one of Meta's (100/2804003) or a rejection's")
    .addOption(
      new Option("--origin <who>", "refused by whom").choices(["meta", "local", "operator"]),
    )
    .option("--identity <identity>", "one record, as reports show it")
    .option("--batch <id>", "of one request, like 12-3");
}

function filterOf({ sync, target, code, origin, identity, batch }: FilterFlags): RejectFilter {
  return {
    ...(sync === undefined ? {} : { sync }),
    ...(target === undefined ? {} : { scope: target }),
    ...(code === undefined ? {} : { code }),
    ...(origin === undefined ? {} : { origin }),
    ...(identity === undefined ? {} : { identity }),
    ...(batch === undefined ? {} : { batchId: batch }),
  };
}

async function list(work: StoreWork, flags: ListFlags): Promise<number> {
  const filter = filterOf(flags);
  const counts = await work.store.rejects.counts(filter);
  const newest = await work.store.rejects.list(filter, flags.limit);
  await print(
    work,
    () => snakeJson({ counts, rejects: newest }),
    () => rejectsText(counts, newest),
  );
  return EXIT.ok;
}

async function exportAll({ store, io, talk }: StoreWork, flags: FilterFlags): Promise<number> {
  const rejects = await store.rejects.list(filterOf(flags), Number.MAX_SAFE_INTEGER);
  for (const { itemId, contentDigest, ...told } of rejects)
    await io.stdout(`${JSON.stringify(snakeJson(told))}\n`);
  await talk.note(`${counted(rejects.length, "refused record")}.`);
  return EXIT.ok;
}

async function retry(work: StoreWork, flags: RetryFlags): Promise<number> {
  const filter = filterOf(flags);
  if (Object.keys(filter).length === 0 && flags.all !== true)
    return work.talk.usage("Say which with --sync, --target, --code, …, or --all for all of them.");
  const local = await work.store.rejects.counts({ ...filter, origin: "local" });
  const count = await work.store.rejects.retry(filter);
  const ours =
    flags.origin === undefined || flags.origin === "local"
      ? local.reduce((sum, one) => sum + one.count, 0)
      : 0;
  await print(
    work,
    () => ({ did: "retry", rejects: count, local: ours }),
    () => `${said(count, ours)}\n`,
  );
  return EXIT.ok;
}

/** What this package rejected is looked at anew by every run anyway. */
function said(count: number, local: number): string {
  const sent = count - local;
  const parts = [
    ...(sent > 0 || local === 0 ? [`${counted(sent, "record")} sent again by the next run.`] : []),
    ...(local > 0
      ? [
          `${counted(local, "record")} that retl-meta itself rejected: each run checks those anew, so correct the source or the mapping.`,
        ]
      : []),
  ];
  return parts.join("\n");
}
