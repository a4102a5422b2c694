/** `retl-meta forget`: erases people, from audiences and for later runs. */
import path from "node:path";
import { Option, type Command } from "commander";
import { remedyOf } from "../../core/catalogue/catalogue.js";
import { safeName } from "../../core/redact.js";
import { forgetJson } from "../../report/forget-json.js";
import { forgetText, liftedText } from "../../report/forget-text.js";
import { runJson } from "../../report/run-json.js";
import { reasonsJson } from "../../report/value-reasons.js";
import { COMMAND_LINE } from "../../report/diagnostics-text.js";
import { forget, liftSuppression, type ForgetOptions } from "../../sync/forget/forget.js";
import { unmanaged } from "../../sync/forget/managed-audiences.js";
import type { ErasedPeople } from "../../sync/forget/erased-people.js";
import { readPeople } from "../../sync/forget/read-people.js";
import type { Session } from "../../sync/session.js";
import {
  addCommonOptions,
  addLogOption,
  commonOptions,
  runTalk,
  type CommonFlags,
  type LogFlags,
} from "../common-flags.js";
import { connect } from "../connection.js";
import { EXIT, exitCodeOfForget } from "../exit-codes.js";
import { interruption } from "../interruption.js";
import type { Io } from "../io.js";
import { loadRun, type LoadedRun } from "../load-run.js";
import { readNow } from "../options.js";
import { printJsonLine, printText } from "../print.js";
import { heardBy, toldTo } from "../run-ears.js";
import type { Talk } from "../talk.js";

interface ForgetFlags extends CommonFlags, LogFlags {
  readonly identifiers: string;
  readonly binding: string;
  readonly mapping: string;
  readonly dryRun?: boolean;
  readonly lift?: boolean;
  readonly gone?: readonly string[];
  readonly emulator?: string;
  readonly now?: number;
}

/** Declares `forget`. */
export function forgetCommand(command: Command, io: Io, end: (code: number) => void): void {
  command
    .requiredOption(
      "--identifiers <file>",
      "who they are: CSV, NDJSON or Parquet, a column for each type of identifier",
    )
    .requiredOption("--binding <file>", "the binding file")
    // Without a default: by another mapping than that of the syncs nobody may be found.
    .requiredOption(
      "--mapping <name-or-file>",
      "the mapping of the syncs that filled the audiences: identifiers are normalised and hashed by it",
    )
    .option("--dry-run", "show how many rows would be removed; nothing is sent or written")
    .option("--lift", "let later runs send these people again; nothing is sent now")
    .option(
      "--gone <audience-id...>",
      "audiences that do not exist any more: they are left out, and nobody is held of them",
    )
    .option("--emulator <url>", "talk to the emulator at the URL")
    .addOption(new Option("--now <time>", "freeze the clock").argParser(readNow));
  addLogOption(addCommonOptions(command))
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ForgetFlags) => {
      end(await withPeople(flags, io, runTalk(flags, io)));
    });
}

const EXAMPLES = `
Examples:
  retl-meta forget --identifiers erased.csv --binding meta.yaml --mapping custom_audiences.meta --dry-run
  retl-meta forget --identifiers erased.csv --binding meta.yaml --mapping custom_audiences.meta
  retl-meta forget --identifiers consented.csv --binding meta.yaml --mapping custom_audiences.meta --lift
`;

/** Reads everything there is to read before the store is opened. */
async function withPeople(flags: ForgetFlags, io: Io, talk: Talk): Promise<number> {
  if (flags.dryRun === true && flags.lift === true)
    return talk.usage("give either --dry-run or --lift, not both.");
  if (flags.gone !== undefined && flags.lift === true)
    return talk.usage("--gone is about removing; --lift removes nobody.");
  if (flags.now !== undefined && flags.emulator === undefined)
    return talk.usage("--now goes with --emulator only: Meta's own clock cannot be frozen.");
  const { mapping: reference, binding } = flags;
  const source = { kind: "records", mapping: reference, binding, records: "" } as const;
  const loading = await loadRun(source, commonOptions(flags), io, talk);
  const found = await talk.diagnostics(loading.diagnostics);
  const { run } = loading;
  // Whatever was found: what cannot start does not end well.
  if (run === undefined) return Math.max(found, EXIT.badInput);
  if (run.mapping.surface === "events")
    return talk.usage(
      "--mapping names a mapping of audiences; nobody is removed by one of events.",
    );
  const file = path.resolve(io.cwd, flags.identifiers);
  const place = { kind: "value", source: COMMAND_LINE, path: "" } as const;
  const people = await readPeople({ file, place, mapping: run.mapping, binding: run.binding });
  if (people.ok) return withSession(flags, { run, people: people.value }, io, talk);
  return talk.diagnostics(people.error);
}

interface Erased {
  readonly run: LoadedRun;
  readonly people: ErasedPeople;
}

async function withSession(
  flags: ForgetFlags,
  { run, people }: Erased,
  io: Io,
  talk: Talk,
): Promise<number> {
  const { emulator: url, store, now } = flags;
  const emulator = url === undefined ? ({ kind: "none" } as const) : ({ kind: "at", url } as const);
  const mode = flags.dryRun === true ? "dry" : "live";
  // Nobody is in the audiences of a store that is not there: it is the wrong one.
  const use = { mode, mayBeFirst: false } as const;
  const session = await connect(run, { emulator, store, now }, use, io);
  if (!session.ok) return talk.fault(session.error);
  const erased = { run, people };
  const { gone = [] } = flags;
  try {
    return flags.lift === true
      ? await lift(erased, session.value, io, talk)
      : await erase(erased, session.value, { mode, gone: new Set(gone) }, io, talk);
  } finally {
    await session.value.store.close();
  }
}

async function erase(
  { run, people }: Erased,
  session: Session,
  how: Pick<ForgetOptions, "mode" | "gone">,
  io: Io,
  talk: Talk,
): Promise<number> {
  const [unknown] = await unmanaged(how.gone, session.store);
  if (unknown !== undefined)
    return talk.error(UNKNOWN, unknownText(safeName(unknown)), remedyOf(UNKNOWN));
  const result = await forget(people, session, {
    ...how,
    mapping: run.mapping,
    listener: { event: await heardBy(toldTo(talk, session)) },
    interrupted: interruption(io, talk),
    describe: (report) => JSON.stringify(runJson(report)),
  });
  if (talk.json) await printJsonLine({ io, talk }, forgetJson(result));
  else await printText({ io, talk }, forgetText(result));
  return exitCodeOfForget(result);
}

const UNKNOWN = "forget.unknown_audience";

function unknownText(id: string): string {
  return `--gone names the audience ${id}, to which nobody was sent from this store; nobody was removed or suppressed`;
}

async function lift({ people }: Erased, session: Session, io: Io, talk: Talk): Promise<number> {
  const { rejections, dropped, records } = people;
  const lifted = await liftSuppression(people, session);
  const counts = { people: records.length, lifted };
  if (talk.json) {
    const unusable = { rejected: rejections.length, dropped_values: reasonsJson(dropped) };
    await printJsonLine({ io, talk }, { did: "lift", ...counts, ...unusable });
  } else await printText({ io, talk }, liftedText({ ...counts, rejections, dropped }));
  return rejections.length + dropped.size === 0 ? EXIT.ok : EXIT.findings;
}
